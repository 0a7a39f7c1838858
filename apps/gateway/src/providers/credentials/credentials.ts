import type { SignIn } from '@keeptrusts/core'
import type { Cancellation } from '../../call/cancellation.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** A header that signs a request in. */
export type SignInHeader = readonly [name: string, value: string]

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

/** The credentials that a target or callback names. */
export function createCredentials(settings: SignInSettings, env: Environment): Credentials {
  const { auth, secret_env: variable } = settings
  if (auth?.type === 'basic') return basic(auth, env)
  if (variable === undefined) return fixed(null, [])
  const secret = valueOf(variable, env)
  if (secret === null) return fixed(null, [variable])
  return fixed([settings.api_key_header, settings.api_key_prefix + secret], [])
}

/** User name and password, RFC 7617. */
function basic(
  { username_env, password_env }: Extract<SignIn, { readonly type: 'basic' }>,
  env: Environment,
): Credentials {
  const missing = [username_env, password_env].filter((name) => valueOf(name, env) === null)
  if (missing.length > 0) return fixed(null, missing)
  const pair = `${valueOf(username_env, env)}:${valueOf(password_env, env)}`
  return fixed(['authorization', `Basic ${Buffer.from(pair).toString('base64')}`], [])
}

function fixed(header: SignInHeader | null, missing: readonly string[]): Credentials {
  return { missing, header: async () => header, refused: () => {} }
}

function valueOf(variable: string, env: Environment): string | null {
  return env[variable]?.trim() || null
}
