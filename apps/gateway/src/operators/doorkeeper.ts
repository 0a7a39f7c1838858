import type { HttpBindings } from '@hono/node-server'
import type { AccessStore, Authenticated } from '@keeptrusts/access'
import { permissions } from '@keeptrusts/access'
import type { Context } from 'hono'
import type { GatewayDeps } from '../gateway-deps.ts'
import { FailedAttempts } from '../identity/failed-attempts.ts'
import type { LiveGateway } from '../reload/live-gateway.ts'
import { OperatorError } from './operator-error.ts'
import { operatorEvent } from './operator-record.ts'
import type { Caller, Need } from './route.ts'

/** Finds out who calls, and refuses who may not. One for all addresses of a gateway: its counts are of the whole. */
export class Doorkeeper {
  readonly #live: LiveGateway
  readonly #wrongTokens = new FailedAttempts()
  readonly #signIns = new FailedAttempts()
  readonly #denials = new FailedAttempts()

  constructor(live: LiveGateway) {
    this.#live = live
  }

  /** Whoever calls over the network. Throws `OperatorError` (401, 403, 429) when that is not enough for `needs`. */
  admit(c: Context, needs: Need): Caller {
    const anonymous = anonymousAt(addressOf(c))
    if (needs === 'public') return anonymous
    const caller = this.#callerOf(c, anonymous)
    if (allows(caller, needs)) return caller
    throw this.#denied(caller, needs, c)
  }

  /** Whoever opened the control socket may do everything; a token that is sent with it says who that is. */
  admitControl(c: Context): Caller {
    const bearer = bearerOf(c)
    const known = bearer === null ? null : this.#authenticate(bearer)
    const expires = known?.expires ?? null
    const facts = { operator: known?.operator ?? null, tokenId: known?.tokenId ?? null, expires }
    return { kind: 'control', ...facts, permissions, bearer, address: null }
  }

  /** Counts a sign-in before anything is checked. Throws `OperatorError` `too-many-attempts` when its address made too many in a minute. */
  countSignIn({ address }: Caller): void {
    const { retryAfter } = this.#signIns.failed(address, this.#live.current().now())
    if (retryAfter !== null) throw tooMany(retryAfter)
  }

  /** Records in the background that a sign-in failed, and in `detail` what its answer does not tell, unless there were so many that they would only fill the disk. */
  signInFailed(caller: Caller, reason: string, detail?: string): void {
    const deps = this.#live.current()
    const { recorded } = this.#wrongTokens.failed(caller.address, deps.now())
    const fields = { reason, ...(detail !== undefined && { detail }) }
    this.#recordFailure(recorded, { caller, fields, deps })
  }

  #callerOf(c: Context, anonymous: Caller): Caller {
    const bearer = bearerOf(c)
    const known = bearer === null ? null : this.#authenticate(bearer)
    if (known === null) throw this.#unknown(anonymous, bearer)
    return { ...known, bearer, address: anonymous.address }
  }

  #authenticate(bearer: string): Authenticated | null {
    return this.store()?.authenticate(bearer) ?? null
  }

  /** The access store; `null` while nobody has made one. Throws `GatewayError` `access_unavailable`. */
  store(): AccessStore | null {
    return this.#live.current().access?.store() ?? null
  }

  #unknown(caller: Caller, bearer: string | null): OperatorError {
    const deps = this.#live.current()
    const { recorded, retryAfter } = this.#wrongTokens.failed(caller.address, deps.now())
    const reason = bearer === null ? 'not-logged-in' : 'session-expired'
    this.#recordFailure(recorded, { caller, fields: { reason }, deps })
    if (retryAfter !== null) return tooMany(retryAfter)
    return new OperatorError({
      code: reason,
      status: 401,
      message:
        bearer === null
          ? 'This needs a token of an operator.'
          : 'The token is unknown, has expired, or was revoked.',
      suggestion: 'Sign in with kt auth login, and send the token as Authorization: Bearer.',
    })
  }

  #recordFailure(
    recorded: boolean,
    failure: { caller: Caller; fields: { reason: string; detail?: string }; deps: GatewayDeps },
  ): void {
    if (recorded) failure.deps.recorder.recordLater(operatorEvent('auth.failed', failure))
  }

  #denied(caller: Caller, needs: Need, c: Context): OperatorError {
    const deps = this.#live.current()
    // By operator: everybody may come from one address.
    const { recorded } = this.#denials.failed(caller.operator?.id ?? null, deps.now())
    if (recorded) {
      const fields = { needs, method: c.req.method, route: c.req.routePath.slice(0, 100) }
      deps.recorder.recordLater(operatorEvent('access.denied', { caller, fields, deps }))
    }
    const { role } = caller.operator ?? { role: 'none' }
    return new OperatorError({
      code: 'access-denied',
      status: 403,
      message:
        needs === 'session'
          ? 'This needs a sign-in, not an API token.'
          : `This needs ${needs}, which ${caller.kind === 'token' ? 'this token of' : ''} the role ${role} does not have.`.replaceAll(
              '  ',
              ' ',
            ),
      suggestion: 'Ask an admin of the gateway.',
    })
  }
}

/** Whether a caller may use what asks for this. */
function allows({ kind, permissions: allowed }: Caller, needs: Need): boolean {
  if (needs === 'public' || needs === 'token') return true
  if (needs === 'session') return kind === 'session'
  return allowed.includes(needs)
}

function anonymousAt(address: string | null): Caller {
  const nobody = { operator: null, tokenId: null, permissions: [], expires: null, bearer: null }
  return { kind: 'anonymous', ...nobody, address }
}

function bearerOf(c: Context): string | null {
  return /^Bearer +(\S{1,200})$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? null
}

function addressOf(c: Context): string | null {
  const { incoming } = (c.env ?? {}) as Partial<HttpBindings>
  return incoming?.socket.remoteAddress ?? null
}

function tooMany(retryAfter: number): OperatorError {
  return new OperatorError({
    code: 'too-many-attempts',
    status: 429,
    message: 'Too many attempts from this address.',
    suggestion: `Wait ${retryAfter} seconds, then try again.`,
    retryAfter,
  })
}
