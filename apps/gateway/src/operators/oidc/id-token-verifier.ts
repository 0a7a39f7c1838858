import type { ExternalIdentity } from '@keeptrusts/access'
import type { OidcSettings } from '@keeptrusts/core'
import type { Claims } from '../../identity/jwt/claims.ts'
import type { CheckedToken } from '../../identity/jwt/provider-tokens.ts'
import { ProviderTokens } from '../../identity/jwt/provider-tokens.ts'
import { TokenRefusedError } from '../../identity/jwt/token-problem.ts'
import type { Log } from '../../log/log.ts'
import type { Transport } from '../../transport/transport.ts'
import { readOperator } from './read-operator.ts'

export interface IdTokenVerifierOptions {
  readonly settings: OidcSettings
  readonly transport: Transport
  readonly log: Log
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** Whoever has just signed in shows the token at once: one that was found later is of no use, however long the provider lets it live. */
const freshSeconds = 600

/** Checks the ID tokens with which operators sign in (`access.oidc`). */
export class IdTokenVerifier {
  readonly #options: IdTokenVerifierOptions
  readonly #tokens: ProviderTokens

  constructor(options: IdTokenVerifierOptions) {
    this.#options = options
    const { settings, ...others } = options
    const { issuer, client_id, clock_tolerance_seconds } = settings
    const expected = { issuer, audience: [client_id], clock_tolerance_seconds }
    this.#tokens = new ProviderTokens({ expected, ...others })
  }

  get settings(): OidcSettings {
    return this.#options.settings
  }

  /** Fetches the keys before the first token comes. Never throws. */
  warmUp(): Promise<void> {
    return this.#tokens.warmUp()
  }

  /**
   * Who signs in with an ID token, and as what (OpenID Connect Core 1.0 §3.1.3.7). Throws `TokenRefusedError`, `NotAdmittedError`,
   * and `KeysUnavailableError` when nothing can be said about it now.
   */
  async verify(idToken: string): Promise<ExternalIdentity> {
    const { settings, now } = this.#options
    const checked = await this.#tokens.check(idToken, await this.#tokens.keys())
    refuseOtherKinds(checked)
    refuseOtherParty(checked.payload, settings.client_id)
    refuseOld(checked.payload, settings, now() / 1000)
    return readOperator(checked.payload, settings)
  }
}

/**
 * Access and logout tokens are signed with the same keys. They say what they are in the header (RFC 8725 §3.11), those of Keycloak
 * in a claim.
 */
function refuseOtherKinds({ protectedHeader, payload }: CheckedToken): void {
  const { typ = 'JWT' } = protectedHeader
  const { typ: kind = 'ID' } = payload
  if (String(typ).toUpperCase() !== 'JWT' || kind !== 'ID')
    throw new TokenRefusedError('no_id_token')
}

/** A token for several clients names the one that it was given to (§3.1.3.7, rules 4 and 5). */
function refuseOtherParty({ aud, azp }: Claims, clientId: string): void {
  const isShared = Array.isArray(aud) && aud.length > 1
  if ((isShared || azp !== undefined) && azp !== clientId)
    throw new TokenRefusedError('wrong_party')
}

function refuseOld(
  { iat }: Claims,
  { clock_tolerance_seconds: tolerance }: OidcSettings,
  now: number,
) {
  if (typeof iat !== 'number') throw new TokenRefusedError('no_issue_time')
  if (iat > now + tolerance) throw new TokenRefusedError('not_yet_valid')
  if (iat < now - freshSeconds - tolerance) throw new TokenRefusedError('too_old')
}
