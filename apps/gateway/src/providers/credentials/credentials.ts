import type { SignIn } from '@keeptrusts/core'
import type { Cancellation } from '../../call/cancellation.ts'
import type { TlsMaterial } from '../../transport/tls-material.ts'
import type { Transport } from '../../transport/transport.ts'
import type { ConfigPlace } from '../config-place.ts'
import { fetchToken } from './fetch-token.ts'
import { TokenSource } from './token-source.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** A header that signs a request in. */
type SignInHeader = readonly [name: string, value: string]

/** What one server is signed in to with. Secrets are read once: a changed variable counts after a restart (decision C4). */
export interface Credentials {
  /** Configured variables that are unset or empty. */
  readonly missing: readonly string[]
  /**
   * The header of the next request; `null` when nothing is configured or a variable is missing. Throws `GatewayError`
   * and `TransportError` when a token has to be fetched and cannot be.
   */
  header(cancellation: Cancellation): Promise<SignInHeader | null>
  /** The server refused what `header` gave: a token that was fetched is not used again. */
  refused(): void
}

/** The parts of a target or callback that say how to sign in. */
export interface SignInSettings {
  readonly secret_env?: string | undefined
  /** Header that carries the secret, and what stands before it. */
  readonly api_key_header: string
  readonly api_key_prefix: string
  readonly auth?: SignIn | undefined
}

/** What credentials are made with. */
export interface CredentialsDeps {
  /** Where secrets are read. */
  readonly env: Environment
  /** By which tokens are fetched. */
  readonly transport: Transport
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Certificates of the target or callback; the token server is called with them too. */
  readonly tls?: TlsMaterial | undefined
  /** Who signs in, for messages, as in `target "chat"`. */
  readonly owner: string
  readonly place: ConfigPlace
}

/** The credentials that a target or callback names. */
export function createCredentials(settings: SignInSettings, deps: CredentialsDeps): Credentials {
  const { auth, secret_env: variable } = settings
  const { env } = deps
  if (auth?.type === 'basic') return basic(auth, env)
  if (auth?.type === 'oauth_m2m') return clientCredentials(auth, deps)
  if (variable === undefined) return fixed(null, [])
  const secret = secretOf(variable, env)
  if (secret === null) return fixed(null, [variable])
  return fixed([settings.api_key_header, settings.api_key_prefix + secret], [])
}

/** User name and password, RFC 7617. */
function basic(
  { username_env, password_env }: Extract<SignIn, { readonly type: 'basic' }>,
  env: Environment,
): Credentials {
  const missing = [username_env, password_env].filter((name) => secretOf(name, env) === null)
  if (missing.length > 0) return fixed(null, missing)
  const pair = `${secretOf(username_env, env)}:${secretOf(password_env, env)}`
  return fixed(['authorization', `Basic ${Buffer.from(pair).toString('base64')}`], [])
}

/** Tokens for a client id and secret, RFC 6749 §4.4. */
function clientCredentials(
  auth: Extract<SignIn, { readonly type: 'oauth_m2m' }>,
  { env, transport, now, tls, owner, place }: CredentialsDeps,
): Credentials {
  const clientId = secretOf(auth.client_id_env, env)
  const clientSecret = secretOf(auth.client_secret_env, env)
  if (clientId === null || clientSecret === null)
    return fixed(
      null,
      [auth.client_id_env, auth.client_secret_env].filter((name) => secretOf(name, env) === null),
    )
  const request = { auth, clientId, clientSecret, transport, tls, owner, place }
  const source = new TokenSource({ fetch: () => fetchToken(request), now })
  return {
    missing: [],
    header: async (cancellation) => ['authorization', `Bearer ${await source.token(cancellation)}`],
    refused: () => source.drop(),
  }
}

function fixed(header: SignInHeader | null, missing: readonly string[]): Credentials {
  return { missing, header: async () => header, refused: () => {} }
}

function secretOf(variable: string, env: Environment): string | null {
  return env[variable]?.trim() || null
}
