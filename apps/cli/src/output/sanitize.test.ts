import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sanitize, toSafeJson } from './sanitize.ts'

/** Escape, C1 control sequence introducer, backspace, line break, bidi override. */
const NASTY = ['\u001b', '\u009b', '\b', '\n', '\r', '\u202e', '\u2066', '\ufeff', '\u007f']
const text = fc
  .array(fc.oneof(fc.constantFrom(...NASTY), fc.string()))
  .map((parts) => parts.join(''))

describe('stored text on a terminal', () => {
  it('shows what a terminal would obey, and keeps what people write', () => {
    expect(sanitize('a\u001b[2Jb\u202ec')).toBe('a\\u{1b}[2Jb\\u{202e}c')
    expect(sanitize('Grüße, 日本語 🙂')).toBe('Grüße, 日本語 🙂')
  })

  it('holds no control character, whatever was stored', () => {
    fc.assert(
      fc.property(text, (stored) => {
        expect(sanitize(stored)).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u)
      }),
    )
  })
})

describe('JSON on a terminal', () => {
  it('is the same value, without control characters', () => {
    fc.assert(
      fc.property(text, (stored) => {
        const json = toSafeJson({ [stored]: stored, list: [stored] })
        expect(json).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u)
        expect(JSON.parse(json)).toEqual({ [stored]: stored, list: [stored] })
      }),
    )
  })

  it('may be indented', () => {
    expect(toSafeJson({ a: '\u009b' }, 2)).toBe('{\n  "a": "\\u009b"\n}')
  })
})
