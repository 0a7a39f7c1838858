/** Control characters (also the C1 ones, some terminals obey them), and the marks that turn the reading direction round. */
const UNSAFE = /[\p{Cc}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff\u2028\u2029]/gu

/** A stored text made safe to print on a terminal: what a terminal would obey is shown as `\u{1b}` instead. Blanks stay. */
export function sanitize(text: string): string {
  return text.replace(UNSAFE, (character) => `\\u{${codeOf(character).toString(16)}}`)
}

/** JSON on one line or indented, in which unsafe characters stand as escapes: the same value, harmless on a terminal. */
export function toSafeJson(value: unknown, indent?: number): string {
  return toSafeText(JSON.stringify(value, null, indent))
}

/** JSON text made safe to print on a terminal; its value stays the same. */
export function toSafeText(text: string): string {
  // The line breaks of indented JSON are the only control characters that JSON.stringify leaves on purpose.
  return text.replace(UNSAFE, (character) =>
    character === '\n' ? character : `\\u${codeOf(character).toString(16).padStart(4, '0')}`,
  )
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0
}
