import type { Identity, JwtSettings } from '@keeptrusts/core'
import type { Log } from '../../log/log.ts'
import type { Transport } from '../../transport/transport.ts'
import { ProviderTokens } from './provider-tokens.ts'
import { readIdentity } from './read-identity.ts'
import { VerifiedTokens } from './verified-tokens.ts'

export interface TokenVerifierOptions {
  readonly settings: JwtSettings
  readonly transport: Transport
  readonly log: Log
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** Checks the tokens that clients show (`access.jwt`). */
export class TokenVerifier {
  readonly #options: TokenVerifierOptions
  readonly #tokens: ProviderTokens
  readonly #verified = new VerifiedTokens()

  constructor(options: TokenVerifierOptions) {
    this.#options = options
    const { settings, transport, log, now } = options
    const jwksUri = settings.jwks_uri
    this.#tokens = new ProviderTokens({ expected: settings, jwksUri, transport, log, now })
  }

  /** Fetches the keys before the first token comes. Never throws. */
  warmUp(): Promise<void> {
    return this.#tokens.warmUp()
  }

  /** Who showed a token. Throws `TokenRefusedError`, and `KeysUnavailableError` when nothing can be said about it now. */
  async verify(token: string): Promise<Identity> {
    const { settings, now } = this.#options
    const held = await this.#tokens.keys()
    const known = this.#verified.get(token, held, now())
    if (known !== null) return known
    const { payload, keys } = await this.#tokens.check(token, held)
    const identity = readIdentity(payload, settings)
    const endsAt = ((payload.exp ?? 0) + settings.clock_tolerance_seconds) * 1000
    this.#verified.add(token, { identity, keys }, { now: now(), endsAt })
    return identity
  }
}

/** True for a bearer value in the compact form of a signed or encrypted token (RFC 7515 §7.1, RFC 7516 §7.1). */
export function looksLikeToken(bearer: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]*(?:\.[\w-]*\.[\w-]*)?$/.test(bearer)
}
