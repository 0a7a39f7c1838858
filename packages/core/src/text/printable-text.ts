const MIN_PRINTABLE = 0.9
const MIN_BYTES = 3
const bytesToText = new TextDecoder('utf-8')

// The replacement character stands for bytes that are no text.
const PRINTABLE = /[\p{L}\p{M}\p{N}\p{P}\p{Sm}\p{Sc}\p{Sk}\p{Cf}\s\p{Extended_Pictographic}]/u

/** What `bytes` spell in UTF-8, or in UTF-16 when every second one is zero; `undefined` when less than 90 % can be printed. */
export function printableText(bytes: Uint8Array): string | undefined {
  if (bytes.length < MIN_BYTES) return undefined
  const narrow = isWide(bytes) ? bytes.filter((_, index) => index % 2 === 0) : bytes
  let odd = 0
  let ascii = true
  for (const byte of narrow) {
    if (byte >= 0x80) ascii = false
    else if (byte < 0x20 ? byte !== 0x0a && byte !== 0x0d && byte !== 0x09 : byte === 0x7f) odd += 1
  }
  if (odd > narrow.length * (1 - MIN_PRINTABLE)) return undefined
  const text = bytesToText.decode(narrow)
  return ascii || isPrintable(text) ? text : undefined
}

function isWide(bytes: Uint8Array): boolean {
  let zeros = 0
  for (let index = 1; index < bytes.length; index += 2) if (bytes[index] === 0) zeros += 1
  return bytes.length >= 2 * MIN_BYTES && zeros * 2 >= bytes.length * MIN_PRINTABLE
}

function isPrintable(text: string): boolean {
  let printable = 0
  for (const character of text) if (PRINTABLE.test(character)) printable += character.length
  return printable >= MIN_PRINTABLE * text.length
}
