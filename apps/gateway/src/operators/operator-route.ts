import type { Authenticated, Permission } from '@keeptrusts/access'
import { ControlRequestError } from '../control/control-error.ts'

/** Who may use a route: everybody, whoever is signed in, or who has a permission. */
type RouteAccess = 'public' | 'signed-in' | Permission

/** One request of an operator, checked as far as its route asks. */
export interface OperatorCall {
  /** Who asks; `null` where the route is public. */
  readonly caller: Authenticated | null
  /** The session or token that was shown. */
  readonly bearer: string
  readonly address: string | null
  readonly query: URLSearchParams
  /** The last part of the path of a route that ends with `:id`. */
  readonly id: string
  /** The JSON object that was sent. */
  readonly body: Readonly<Record<string, unknown>>
}

/** A route of operators: the only way to get one is to say who may use it. */
export interface OperatorRoute {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Below `/keeptrusts`; may end with `/:id`. */
  readonly path: string
  readonly access: RouteAccess
  handle(call: OperatorCall): Promise<Response> | Response
}

/** The caller of a route that is not public. */
export function callerOf({ caller }: OperatorCall): Authenticated {
  if (caller === null) throw new TypeError('a public route has no caller')
  return caller
}

/** An answer without a body. */
export function noContent(): Response {
  return new Response(null, { status: 204 })
}

/** A text of the body. Throws `ControlRequestError` when it is missing or longer than `longest` characters. */
export function textIn({ body }: OperatorCall, name: string, longest = 1000): string {
  const value = body[name]
  if (typeof value === 'string' && value !== '' && value.length <= longest) return value
  throw new ControlRequestError(`"${name}" must be a text of 1 to ${longest} characters.`)
}

/** A list of texts of the body; `null` when it is not there. Throws `ControlRequestError` for anything else. */
export function textsIn({ body }: OperatorCall, name: string): readonly string[] | null {
  const value = body[name]
  if (value === undefined || value === null) return null
  if (Array.isArray(value) && value.length <= 1000 && value.every((one) => typeof one === 'string'))
    return value
  throw new ControlRequestError(`"${name}" must be a list of texts.`)
}

/** Days of the body as milliseconds since the epoch; `null` when they are not there. Throws `ControlRequestError`. */
export function expiryIn({ body }: OperatorCall, name: string, now: number): number | null {
  const days = body[name]
  if (days === undefined || days === null) return null
  if (typeof days === 'number' && days > 0 && days <= 3660) return now + days * 86_400_000
  throw new ControlRequestError(`"${name}" must be a number of days.`)
}
