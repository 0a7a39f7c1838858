import type { Context } from 'hono'
import { ControlRequestError } from '../control/control-error.ts'

type Fields = Readonly<Record<string, unknown>>

/** The body as a JSON object with no other fields than these. Throws `ControlRequestError`. */
export async function readFields(c: Context, known: readonly string[]): Promise<Fields> {
  const body: unknown = await c.req.json().catch(() => null)
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new ControlRequestError('The body is not a JSON object.')
  const strange = Object.keys(body).find((name) => !known.includes(name))
  if (strange === undefined) return body as Fields
  throw new ControlRequestError(
    `The body has a field that is not known here. Fields: ${known.join(', ')}.`,
  )
}

/** A text of 1 to `longest` characters. Throws `ControlRequestError`. */
export function textField(fields: Fields, name: string, longest = 1024): string {
  const value = fields[name]
  if (typeof value === 'string' && value.length > 0 && value.length <= longest) return value
  throw new ControlRequestError(`"${name}" is not a text of 1 to ${longest} characters.`)
}

/** A list of at most 100 such texts. Throws `ControlRequestError`. */
export function textsField(fields: Fields, name: string): readonly string[] {
  const value = fields[name]
  const isList =
    Array.isArray(value) &&
    value.length <= 100 &&
    value.every((one) => typeof one === 'string' && one.length > 0 && one.length <= 1024)
  if (isList) return value
  throw new ControlRequestError(`"${name}" is not a list of at most 100 texts.`)
}

/** A whole number within bounds, both included. Throws `ControlRequestError`. */
export function numberField(
  fields: Fields,
  name: string,
  { least, most }: { readonly least: number; readonly most: number },
): number {
  const value = fields[name]
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most)
    return value
  throw new ControlRequestError(`"${name}" is not a whole number from ${least} to ${most}.`)
}

/** The parameters of the address, with no others than these, each once. Throws `ControlRequestError`. */
export function readQuery(
  c: Context,
  known: readonly string[],
): Readonly<Record<string, string | undefined>> {
  for (const [name, values] of Object.entries(c.req.queries()))
    if (!known.includes(name) || values.length !== 1 || (values[0] ?? '').length > 1024)
      throw new ControlRequestError(
        `Parameters are ${known.join(', ')}, each at most once and shorter than 1025 characters.`,
      )
  return c.req.query()
}

/** A whole number of a parameter; `absent` without it. Throws `ControlRequestError`. */
export function numberParameter(
  text: string | undefined,
  { name, absent, least, most }: { name: string; absent: number; least: number; most: number },
): number {
  if (text === undefined) return absent
  const fields = { [name]: /^-?\d{1,16}$/.test(text) ? Number(text) : null }
  return numberField(fields, name, { least, most })
}

/** A time as RFC 3339 of a parameter, in milliseconds since the epoch. Throws `ControlRequestError`. */
export function timeParameter(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined
  const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/
  const time = form.test(text) ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(time)) return time
  throw new ControlRequestError(`"${name}" is no time like 2026-01-31T12:00:00Z.`)
}
