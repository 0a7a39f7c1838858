import { JsonSyntaxError } from './json-syntax-error.ts'

/**
 * The text of a JSON body. A byte order mark stays in the text, where the scanner refuses it (RFC 8259 §8.1).
 * @throws JsonSyntaxError `invalid_json` when the bytes are not UTF-8
 */
export function decodeJsonBytes(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new JsonSyntaxError({
      code: 'invalid_json',
      detail: 'invalid_utf8: the bytes are not UTF-8',
      path: '',
      offset: 0,
    })
  }
}
