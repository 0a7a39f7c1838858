import type { Config, MlflowCallback, SignIn, Target } from './config.ts'
import { hasPlacement } from './option-schema.ts'

/** The parts of a configuration that decide about calls; not where it was written. */
export type ConfigContent = Pick<
  Config,
  | 'pack'
  | 'targets'
  | 'strategy'
  | 'chain'
  | 'enforcement'
  | 'access'
  | 'audit_store'
  | 'callbacks'
  | 'size_limits'
>

/**
 * The secret-free canonical form (decision L4): JSON in the shape of the file, canonical spellings, defaults filled
 * in, keys sorted. Two files that mean the same have the same form, and the form loads as a configuration itself.
 */
export function canonicalForm(content: ConfigContent): string {
  const { targets, strategy, callbacks, chain, audit_store, ...rest } = content
  // The usual strategy is left out: files from before the key have the hash that they had.
  const chosen = strategy === 'ordered' ? {} : { strategy }
  const document = {
    ...rest,
    audit_store: storeForm(audit_store),
    ...(targets.length === 0 ? {} : { providers: { ...chosen, targets: targets.map(targetForm) } }),
    ...(callbacks.length === 0 ? {} : { callbacks: callbacks.map(callbackForm) }),
    policies: { chain: chain.map(({ kind }) => kind) },
    policy: Object.fromEntries(
      chain.map(({ kind, definition, options, mode, apply_to }) => {
        const placed = hasPlacement(definition)
        return [kind, { ...options, ...(placed ? { mode, apply_to } : {}) }]
      }),
    ),
  }
  return JSON.stringify(sortKeys(document))
}

/** What is usual is left out, for the same reason. */
function storeForm({ content, pseudonymize, ...rest }: Config['audit_store']) {
  const kinds = [...pseudonymize].sort()
  return {
    ...rest,
    ...(content === 'hmac' ? {} : { content }),
    ...(kinds.length === 1 && kinds[0] === 'ip' ? {} : { pseudonymize: kinds }),
  }
}

function targetForm({ provider, mode, model, secret_env, auth, position: _, ...target }: Target) {
  const { api_key_header, api_key_prefix, ...rest } = target
  const secret = secret_env === undefined ? {} : { secret_key_ref: { env: secret_env } }
  // They say how a key is sent, and `auth` has its own way.
  const shape = auth === undefined ? { api_key_header, api_key_prefix } : signInForm(auth)
  return { ...rest, ...shape, provider: `${provider}:${mode}:${model}`, ...secret }
}

function callbackForm({ token_env, auth, position: _, ...rest }: MlflowCallback) {
  const token = token_env === undefined ? {} : { token_ref: { env: token_env } }
  return { ...rest, ...token, ...signInForm(auth) }
}

function signInForm(auth: SignIn | undefined) {
  if (auth === undefined) return {}
  if (auth.type === 'basic') {
    const { type, username_env: username, password_env: password } = auth
    return { auth: { type, username_ref: { env: username }, password_ref: { env: password } } }
  }
  const { client_id_env: id, client_secret_env: secret, ...rest } = auth
  return { auth: { ...rest, client_id_ref: { env: id }, client_secret_ref: { env: secret } } }
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, part]) => [key, sortKeys(part)]))
}
