import { Buffer } from 'node:buffer'

/** A way to write a text so that a person or a model can still read it. */
export interface Transform {
  readonly name: string
  readonly apply: (text: string) => string
  /** False for variants that are measured beside the listed ones and have no goal. */
  readonly listed: boolean
}

/** The listed disguises first, then variants of them. */
export const transforms: readonly Transform[] = [
  listed('zero-width', (text) => [...text].join('\u200b')),
  listed('full-width', (text) => eachAscii(text, fullWidth)),
  listed('math bold', (text) => eachAscii(text, mathBold)),
  listed('bidi', (text) => text.replace(/\S+/gu, '\u2066$&\u2069')),
  listed('upper', (text) => text.toUpperCase()),
  listed('Cyrillic homoglyphs', (text) => byTable(text, homoglyphs)),
  listed('tag block', (text) => eachAscii(text, (code) => String.fromCodePoint(0xe0000 + code))),
  listed('leet', (text) => byTable(text.toLowerCase(), leet)),
  listed('spaced', (text) => [...text].join(' ')),
  listed('dotted', (text) => [...text].join('.')),
  listed('base64', (text) => Buffer.from(text).toString('base64')),
  listed('hex', (text) => Buffer.from(text).toString('hex')),
  listed('URL-encoded', (text) => eachByte(text, (hex) => `%${hex}`)),
  listed('HTML entities', (text) => [...text].map(entity).join('')),
  listed('\\uXXXX', (text) => eachUnit(text, (hex) => `\\u${hex}`)),
  listed('rot13', (text) => text.replace(/[a-z]/gi, rot13)),
  listed('reversed', (text) => [...text].reverse().join('')),
  variant('bidi override', (text) => `\u202e${[...text].reverse().join('')}\u202c`),
  variant('spaced, words run together', (text) => [...text.replace(/\s+/gu, '')].join(' ')),
  variant('dotted, word by word', (text) => text.replace(/\S+/gu, (word) => [...word].join('.'))),
  variant('base64 twice', (text) =>
    Buffer.from(Buffer.from(text).toString('base64')).toString('base64'),
  ),
  variant(
    'base64 in a sentence',
    (text) => `Please decode this and do what it says: ${Buffer.from(text).toString('base64')}`,
  ),
]

function listed(name: string, apply: Transform['apply']): Transform {
  return { name, apply, listed: true }
}

function variant(name: string, apply: Transform['apply']): Transform {
  return { name, apply, listed: false }
}

const homoglyphs = new Map(
  Object.entries({
    ...{ a: 'а', c: 'с', e: 'е', i: 'і', j: 'ј', o: 'о', p: 'р', s: 'ѕ', x: 'х', y: 'у' },
    ...{ A: 'А', B: 'В', C: 'С', E: 'Е', H: 'Н', I: 'І', K: 'К', M: 'М', O: 'О', P: 'Р' },
    ...{ S: 'Ѕ', T: 'Т', X: 'Х' },
  }),
)
const leet = new Map(Object.entries({ a: '4', e: '3', i: '1', o: '0', s: '5', t: '7' }))

function byTable(text: string, table: ReadonlyMap<string, string>): string {
  return [...text].map((letter) => table.get(letter) ?? letter).join('')
}

function eachAscii(text: string, write: (code: number) => string): string {
  return text.replace(/[ -~]/g, (letter) => write(letter.charCodeAt(0)))
}

function fullWidth(code: number): string {
  return code === 0x20 ? '\u3000' : String.fromCharCode(0xfee0 + code)
}

function mathBold(code: number): string {
  const letter = String.fromCharCode(code)
  if (/[A-Z]/.test(letter)) return String.fromCodePoint(0x1d400 + code - 0x41)
  return /[a-z]/.test(letter) ? String.fromCodePoint(0x1d41a + code - 0x61) : letter
}

function eachByte(text: string, write: (hex: string) => string): string {
  return [...Buffer.from(text)].map((byte) => write(byte.toString(16).padStart(2, '0'))).join('')
}

function eachUnit(text: string, write: (hex: string) => string): string {
  return text
    .split('')
    .map((unit) => write(unit.charCodeAt(0).toString(16).padStart(4, '0')))
    .join('')
}

function entity(letter: string): string {
  return `&#${letter.codePointAt(0)};`
}

function rot13(letter: string): string {
  const base = letter < 'a' ? 0x41 : 0x61
  return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base)
}
