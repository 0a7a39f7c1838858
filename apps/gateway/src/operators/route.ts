import type { Operator, Permission } from '@keeptrusts/access'
import type { Context } from 'hono'

/**
 * What a route asks of who calls it: a permission, any valid token, a session of a person, or nothing at all. There is no route without
 * one of these.
 */
export type Need = Permission | 'public' | 'token' | 'session'

/** Who calls a route, once that is known. */
export interface Caller {
  /** `null` for whom the control socket's permission let in without a sign-in, and on public routes. */
  readonly operator: Operator | null
  readonly kind: 'anonymous' | 'session' | 'token' | 'control'
  /** Id of the API token; `null` for others. */
  readonly tokenId: string | null
  readonly permissions: readonly Permission[]
  /** Milliseconds since the epoch; `null` where nothing expires. */
  readonly expires: number | null
  /** What was shown; `null` when nothing was. */
  readonly bearer: string | null
  /** Where the request came from; `null` on the control socket. */
  readonly address: string | null
}

/** One row of the permission table, with what it guards. */
export interface OperatorRoute {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Below `/keeptrusts`, as in `/operators/:id`. */
  readonly path: string
  readonly needs: Need
  /** Reads parameters and body from the context. Throws `KeeptrustsError`. */
  answer(c: Context, caller: Caller): Promise<Response> | Response
}
