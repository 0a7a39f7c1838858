import type { JWTVerifyResult } from 'jose'
import type { Log } from '../../log/log.ts'
import type { Transport } from '../../transport/transport.ts'
import type { ExpectedToken } from './check-token.ts'
import { checkToken } from './check-token.ts'
import { fetchDocument } from './fetch-document.ts'
import { findKeyAddress } from './find-key-address.ts'
import { KeySource } from './key-source.ts'
import type { PublicKeys } from './public-keys.ts'
import { readPublicKeys } from './public-keys.ts'
import { TokenRefusedError } from './token-problem.ts'

export interface ProviderTokensOptions {
  readonly expected: ExpectedToken
  /** Where the keys are; absent: as the discovery document says. */
  readonly jwksUri?: string | undefined
  readonly transport: Transport
  readonly log: Log
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** A token that was signed by the provider, for whom it should be, and when it should be. */
export interface CheckedToken extends JWTVerifyResult {
  /** The keys that it was checked with. */
  readonly keys: PublicKeys
}

/** The tokens of one identity provider, whatever they are for: its keys are had and changed as `KeySource` says. */
export class ProviderTokens {
  readonly #options: ProviderTokensOptions
  readonly #source: KeySource

  constructor(options: ProviderTokensOptions) {
    this.#options = options
    const { expected, jwksUri, transport, log, now } = options
    const url = expected.issuer
    this.#source = new KeySource({
      now,
      fetch: async () => {
        const address = await findKeyAddress({ issuer: url, jwksUri }, transport)
        return readPublicKeys(await fetchDocument(address, transport))
      },
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

  /** The keys to check a token with. Throws `KeysUnavailableError`. */
  keys(): Promise<PublicKeys> {
    return this.#source.keys()
  }

  /** Checks a token, with newer keys when its own is not among `keys`. Throws `TokenRefusedError` and `KeysUnavailableError`. */
  async check(token: string, keys: PublicKeys): Promise<CheckedToken> {
    try {
      return await this.#checkWith(token, keys)
    } catch (error) {
      if (!(error instanceof TokenRefusedError) || error.problem !== 'unknown_key') throw error
      const newer = await this.#source.newerThan(keys)
      if (newer === keys) throw error
      return this.#checkWith(token, newer)
    }
  }

  async #checkWith(token: string, keys: PublicKeys): Promise<CheckedToken> {
    const { expected, now } = this.#options
    return { ...(await checkToken(token, { expected, keys, now: now() })), keys }
  }
}
