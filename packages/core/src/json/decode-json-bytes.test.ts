import { expect, test } from 'vitest'
import { decodeJsonBytes } from './decode-json-bytes.ts'
import { JsonSyntaxError } from './json-syntax-error.ts'
import { scanJson } from './scan-json.ts'

test('decodes UTF-8', () => {
  expect(decodeJsonBytes(new TextEncoder().encode('"é😀"'))).toBe('"é😀"')
})

test.each([
  ['a cut sequence', [0x22, 0xc3, 0x22]],
  ['an overlong sequence', [0x22, 0xc0, 0xaf, 0x22]],
  ['an encoded surrogate', [0x22, 0xed, 0xa0, 0x80, 0x22]],
  ['Latin-1', [0x22, 0xe9, 0x22]],
])('refuses %s', (_, bytes) => {
  expect(() => decodeJsonBytes(Uint8Array.from(bytes))).toThrow(JsonSyntaxError)
  expect(() => decodeJsonBytes(Uint8Array.from(bytes))).toThrow(/invalid_utf8/)
})

test('leaves a byte order mark for the scanner to refuse', () => {
  const text = decodeJsonBytes(Uint8Array.from([0xef, 0xbb, 0xbf, 0x7b, 0x7d]))
  expect(() => scanJson(text)).toThrow(expect.objectContaining({ code: 'invalid_json', offset: 0 }))
})
