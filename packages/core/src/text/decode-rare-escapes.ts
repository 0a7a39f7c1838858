import { ChangeList, changeAll } from './excerpt.ts'
import type { MappedText } from './mapped-text.ts'
import type { Steps } from './steps.ts'

// Quoted-printable bytes, HTML entities without their end, octal and CSS escapes.
const ESCAPE =
  /(?:=[0-9A-Fa-f]{2}|=\r?\n){2,64}|&#0{0,8}\d{2,7};?|&#x0{0,8}[0-9a-f]{2,6};?|(?:\\[0-3][0-7]{2}){1,64}(?![0-9a-f])|\\[0-9a-f]{2,6} |\\00[0-9a-f]{4}/gi
const MIN_ESCAPES = 6
const MAX_POINT = 0x10ffff
const STEP = 4_096
const bytesToText = new TextDecoder('utf-8')

/**
 * The text with escapes decoded that also occur by chance (`C:\dir\101`, `a=42`), `undefined` when it holds fewer than
 * six characters written so. Linear.
 */
export function* decodeRareEscapes(text: string): Steps<MappedText | undefined> {
  if (!/\\[0-9a-f]{2}|=[0-9a-f]{2}|&#/i.test(text)) return undefined
  const changes = new ChangeList()
  let characters = 0
  let pause = STEP
  for (const match of text.matchAll(ESCAPE)) {
    if (match.index > pause) {
      yield
      pause = match.index + STEP
    }
    const plain = decodeOne(match[0])
    if (plain === undefined) continue
    characters += plain.length
    changes.add(match.index, match.index + match[0].length, plain)
  }
  return characters < MIN_ESCAPES ? undefined : yield* changeAll(text, changes)
}

function decodeOne(written: string): string | undefined {
  if (written.startsWith('=')) {
    return textOf(
      (written.match(/=[0-9a-f]{2}/gi) ?? []).map((byte) => Number.parseInt(byte.slice(1), 16)),
    )
  }
  if (written.startsWith('&')) {
    const isHex = /^&#x/i.test(written)
    return fromPoint(Number.parseInt(written.slice(isHex ? 3 : 2), isHex ? 16 : 10))
  }
  if (/^(?:\\[0-3][0-7]{2})+$/.test(written)) {
    return textOf(
      written
        .slice(1)
        .split('\\')
        .map((byte) => Number.parseInt(byte, 8)),
    )
  }
  return fromPoint(Number.parseInt(written.slice(1), 16))
}

/** Bytes as UTF-8; `undefined` when they are none, or what nobody writes. */
function textOf(bytes: readonly number[]): string | undefined {
  const text = bytesToText.decode(Uint8Array.from(bytes))
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
  return /[\ufffd\x00-\x08\x0e-\x1f]/.test(text) ? undefined : text
}

function fromPoint(point: number): string | undefined {
  if (Number.isNaN(point) || point < 0x20 || point > MAX_POINT) return undefined
  return String.fromCodePoint(point)
}
