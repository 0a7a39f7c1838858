import type { Identity, JwtSettings } from '@keeptrusts/core'
import type { Log } from '../../log/log.ts'
import type { Transport } from '../../transport/transport.ts'
import { checkToken } from './check-token.ts'
import { fetchDocument } from './fetch-document.ts'
import { findKeyAddress } from './find-key-address.ts'
import { KeySource } from './key-source.ts'
import type { PublicKeys } from './public-keys.ts'
import { readPublicKeys } from './public-keys.ts'
import { readIdentity } from './read-identity.ts'
import { TokenRefusedError } from './token-problem.ts'
import { VerifiedTokens } from './verified-tokens.ts'

export interface TokenVerifierOptions {
  readonly settings: JwtSettings
  readonly transport: Transport
  readonly log: Log
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** Checks the tokens of one identity provider. */
export class TokenVerifier {
  readonly #options: TokenVerifierOptions
  readonly #source: KeySource
  readonly #verified = new VerifiedTokens()

  constructor(options: TokenVerifierOptions) {
    this.#options = options
    const { settings, transport, log, now } = options
    const url = settings.issuer
    this.#source = new KeySource({
      now,
      fetch: async () =>
        readPublicKeys(await fetchDocument(await findKeyAddress(settings, transport), transport)),
      onChange: (code) =>
        code === null
          ? log.info('identity_provider.back', { url })
          : log.warn('identity_provider.away', { url, code }),
    })
  }

  /** Fetches the keys before the first token comes. Never throws. */
  async warmUp(): Promise<void> {
    await this.#source.keys().catch(() => {})
  }

  /** Who showed a token. Throws `TokenRefusedError`, and `KeysUnavailableError` when nothing can be said about it now. */
  async verify(token: string): Promise<Identity> {
    const keys = await this.#source.keys()
    const known = this.#verified.get(token, keys, this.#options.now())
    if (known !== null) return known
    try {
      return await this.#check(token, keys)
    } catch (error) {
      if (!(error instanceof TokenRefusedError) || error.problem !== 'unknown_key') throw error
      const newer = await this.#source.newerThan(keys)
      if (newer === keys) throw error
      return this.#check(token, newer)
    }
  }

  async #check(token: string, keys: PublicKeys): Promise<Identity> {
    const { settings } = this.#options
    const now = this.#options.now()
    const claims = await checkToken(token, { settings, keys, now })
    const identity = readIdentity(claims, settings)
    const endsAt = ((claims.exp ?? 0) + settings.clock_tolerance_seconds) * 1000
    this.#verified.add(token, { identity, keys }, { now, endsAt })
    return identity
  }
}

/** True for a bearer value in the compact form of a signed or encrypted token (RFC 7515 §7.1, RFC 7516 §7.1). */
export function looksLikeToken(bearer: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]*(?:\.[\w-]*\.[\w-]*)?$/.test(bearer)
}
