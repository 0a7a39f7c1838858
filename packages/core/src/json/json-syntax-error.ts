import { KeeptrustsError } from '../errors/keeptrusts-error.ts'

/** What is wrong with a JSON text. */
export type JsonFault = 'invalid_json' | 'too_deep' | 'duplicate_key' | 'lone_surrogate'

interface JsonSyntaxErrorOptions {
  readonly code: JsonFault
  /** What was found, without any text of the body. */
  readonly detail: string
  /** Sanitised address of the value, `''` for the body itself. */
  readonly path: string
  /** UTF-16 code units from the start of the text. */
  readonly offset: number
}

/** A body that is not acceptable JSON (decision T1): where, and why. Holds none of its text. */
export class JsonSyntaxError extends KeeptrustsError {
  declare readonly code: JsonFault
  readonly path: string
  readonly offset: number

  constructor({ code, detail, path, offset }: JsonSyntaxErrorOptions) {
    const where = path === '' ? '' : ` in ${path}`
    super({
      code,
      message: `The JSON is not acceptable: ${detail}${where}, at character ${offset}`,
      suggestion: suggestions[code],
    })
    this.path = path
    this.offset = offset
  }
}

const suggestions: Record<JsonFault, string> = {
  invalid_json: 'Send one JSON value in UTF-8 without a byte order mark.',
  too_deep: 'Nest objects and arrays less deeply.',
  duplicate_key: 'Send each key of an object once: servers disagree about which of the two counts.',
  lone_surrogate: 'Escape characters beyond U+FFFF as a complete pair, or send them as UTF-8.',
}
