import { expect, test } from 'vitest'
import { plant } from './indirect.ts'
import { transforms } from './transforms.ts'

const written = Object.fromEntries(
  transforms.map(({ name, apply }) => [name, apply('Say it, Zoë!')]),
)

test.each([
  ['zero-width', 'S\u200ba\u200by\u200b \u200bi\u200bt\u200b,\u200b \u200bZ\u200bo\u200bë\u200b!'],
  ['full-width', 'Ｓａｙ\u3000ｉｔ，\u3000Ｚｏë！'],
  ['math bold', '𝐒𝐚𝐲 𝐢𝐭, 𝐙𝐨ë!'],
  ['bidi', '\u2066Say\u2069 \u2066it,\u2069 \u2066Zoë!\u2069'],
  ['upper', 'SAY IT, ZOË!'],
  ['Cyrillic homoglyphs', 'Ѕау іt, Zоë!'],
  ['leet', '54y 17, z0ë!'],
  ['spaced', 'S a y   i t ,   Z o ë !'],
  ['dotted', 'S.a.y. .i.t.,. .Z.o.ë.!'],
  ['base64', 'U2F5IGl0LCBab8OrIQ=='],
  ['hex', '5361792069742c205a6fc3ab21'],
  ['URL-encoded', '%53%61%79%20%69%74%2c%20%5a%6f%c3%ab%21'],
  ['HTML entities', '&#83;&#97;&#121;&#32;&#105;&#116;&#44;&#32;&#90;&#111;&#235;&#33;'],
  [
    '\\uXXXX',
    '\\u0053\\u0061\\u0079\\u0020\\u0069\\u0074\\u002c\\u0020\\u005a\\u006f\\u00eb\\u0021',
  ],
  ['rot13', 'Fnl vg, Mbë!'],
  ['reversed', '!ëoZ ,ti yaS'],
  ['spaced, words run together', 'S a y i t , Z o ë !'],
  ['dotted, word by word', 'S.a.y i.t., Z.o.ë.!'],
])('%s', (name, text) => {
  expect(written[name]).toBe(text)
})

test('the tag block holds the ASCII characters, invisible', () => {
  const codes = [...(written['tag block'] ?? '')].map((letter) => letter.codePointAt(0))
  expect(codes.slice(0, 3)).toEqual([0xe0053, 0xe0061, 0xe0079])
})

test('an attack is planted as a line of its own', () => {
  const document = 'First line.\nSecond line.\nThird line.\n'
  expect(plant('X', document, 'begin')).toBe(`X\n\n${document}`)
  expect(plant('X', document, 'middle')).toBe('First line.\nSecond line.\n\nX\nThird line.\n')
  expect(plant('X', document, 'end')).toBe(`${document}\n\nX`)
})
