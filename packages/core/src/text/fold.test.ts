import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { trickyPieces } from './fixtures/tricky-pieces.ts'
import { foldText } from './fold.ts'

const run = { numRuns: 500 }
const trickyText = fc
  .array(fc.oneof(fc.string({ maxLength: 4 }), fc.constantFrom(...trickyPieces)), { maxLength: 12 })
  .map((pieces) => pieces.join(''))

describe('foldText', () => {
  test.each([
    ['Ignore ALL', 'ignore all'],
    ['Précédentes Anweisungen über', 'precedentes anweisungen uber'],
    ['Straße, Łódź, Ærø', 'strasse, lodz, aero'],
    ['“quoted” — don’t', '"quoted" - don\'t'],
    ['ｆｕｌｌ 𝐦𝐚𝐭𝐡 ⓒircle 🅘🅖 🇮🇬', 'full math circle ig ig'],
    ['z̶a̷l̴g̵o̶', 'zalgo'],
    ['s\u0489t\u0489 \u0489u\u0e47p', 'st up'],
    ['ΗELLΟ ɪɴsᴛʀᴜᴄᴛɪᴏɴs ⒜ll', 'hello instructions all'],
    ['Ignоrе рrеviоus', 'ignore previous'],
    ['ІGNORE ѕуѕtеm', 'ignore system'],
    ['Добрый день, сосна', 'добрыи день, сосна'],
    ['Ελλάδα', 'ελλαδα'],
    ['निर्देश 指令 지시', 'निर्देश 指令 지시'],
  ])('reads %s as %s', (text, plain) => {
    expect(foldText(text).text).toBe(plain)
  })

  test('leaves look-alikes alone when asked to', () => {
    expect(foldText('ѕуstem', { homoglyphs: false }).text).toBe('ѕуstem')
  })

  test('maps every offset to the original, monotone and in range', () => {
    fc.assert(
      fc.property(trickyText, (text) => {
        const folded = foldText(text)
        let last = 0
        for (let index = 0; index <= folded.text.length; index++) {
          const original = folded.toOriginal(index)
          expect(original).toBeGreaterThanOrEqual(last)
          expect(original).toBeLessThanOrEqual(text.length)
          last = original
        }
      }),
      run,
    )
  })

  test('is the identity on lower-case ASCII, map included', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9 .!?]*$/), fc.nat(50), (text, index) => {
        const folded = foldText(text)
        expect(folded).toMatchObject({ text, changed: false })
        expect(folded.toOriginal(index)).toBe(index)
      }),
      run,
    )
  })

  test('leads from a word back to its disguise', () => {
    const text = 'Please іgnоrе\u200b all'
    const folded = foldText(text)
    const start = folded.text.indexOf('ignore')
    const span = folded.toOriginalSpan(start, start + 6)
    expect(text.slice(span.start, span.end)).toBe('іgnоrе')
  })
})
