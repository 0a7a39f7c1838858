import type { Config, Engine } from '@keeptrusts/core'
import { Recorder } from '../audit/recorder.ts'
import { Callbacks } from '../callbacks/callbacks.ts'
import type { Pace } from '../callbacks/pace.ts'
import type { GatewayBase, GatewayDeps } from '../gateway-deps.ts'
import { TokenVerifier } from '../identity/jwt/token-verifier.ts'
import { createPseudonyms } from '../identity/pseudonymise.ts'
import { TrustedSources } from '../identity/trusted-sources.ts'
import { IdTokenVerifier } from '../operators/oidc/id-token-verifier.ts'
import { KindBook } from '../providers/kind-book.ts'
import { providerOf } from '../providers/registry.ts'
import type { TargetRuntime } from '../providers/target-runtime.ts'
import { createTargets } from '../providers/target-runtime.ts'
import { carryTargets } from './carry-targets.ts'

/** What a generation is made of. */
export interface GenerationParts {
  readonly config: Config
  /** Compiled from `config`. */
  readonly engine: Engine
  /** Where secrets are read: as it was at the start. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** How patient callbacks are. */
  readonly pace: Pace
}

/**
 * Everything that comes with a configuration, beside what lives as long as the gateway. What was learned about a target, and the keys
 * of identity providers, are carried over from `before` where their settings are the same. Throws `KeeptrustsError` `tls-file-invalid`.
 */
export function createGeneration(
  { config, engine, env, pace }: GenerationParts,
  base: GatewayBase,
  before: GatewayDeps | null = null,
): GatewayDeps {
  const { transport, log, version, boot, now, store, losses, metrics } = base
  const recorder = new Recorder({ config, store, losses, metrics })
  const callbacks =
    config.callbacks.length > 0
      ? new Callbacks({ config, env, transport, log, version, boot, now, pace })
      : null
  const made = createTargets(config.targets, { env, transport, now })
  return {
    ...base,
    config,
    since: now(),
    engine,
    recorder,
    observer: callbacks?.observe ?? null,
    callbacks,
    targets: before === null ? made : carryTargets(made, before.targets),
    kinds: new KindBook({ transport, log, isProbed }),
    trusted: new TrustedSources(config.access.trust_headers_from),
    requiresKey: requiresKey(config),
    tokens: tokensOf(config, base, before),
    idTokens: idTokensOf(config, base, before),
    pseudonyms: createPseudonyms(config.audit_store.pseudonymize, (text) => recorder.hmac(text)),
  }
}

/** Gives back what a generation held. Never rejects. */
export async function closeGeneration({ callbacks, transport }: GatewayDeps): Promise<void> {
  await callbacks?.stop()
  transport.sweep?.()
}

/** Finds out what stands behind each target that is not known to be there, and fetches the keys of the identity providers. Never throws. */
export async function probeGeneration({
  targets,
  kinds,
  tokens,
  idTokens,
}: GatewayDeps): Promise<void> {
  const unknown = targets.filter(({ health }) => health.reachable !== true)
  const probes = unknown.map((target) => kinds.probe(target))
  await Promise.all([...probes, tokens?.warmUp(), idTokens?.warmUp()])
}

/** `access.require_key`, or rbac in the chain with `require_auth` that is enforced. */
function requiresKey({ access, chain }: Config): boolean {
  const asks = chain.some(
    ({ kind, mode, options }) =>
      kind === 'rbac' && mode === 'enforce' && options['require_auth'] === true,
  )
  return access.require_key || asks
}

function isProbed({ target }: TargetRuntime): boolean {
  return target.base_url !== undefined && providerOf(target.provider).probes
}

function tokensOf(
  { access: { jwt: settings } }: Config,
  { transport, log, now }: GatewayBase,
  before: GatewayDeps | null,
): TokenVerifier | null {
  if (settings === undefined) return null
  const earlier = before?.config.access.jwt
  if (before?.tokens && JSON.stringify(earlier) === JSON.stringify(settings)) return before.tokens
  return new TokenVerifier({ settings, transport, log, now })
}

function idTokensOf(
  { access: { oidc: settings } }: Config,
  { transport, log, now }: GatewayBase,
  before: GatewayDeps | null,
): IdTokenVerifier | null {
  if (settings === undefined) return null
  const earlier = before?.idTokens ?? null
  if (earlier !== null && JSON.stringify(earlier.settings) === JSON.stringify(settings))
    return earlier
  return new IdTokenVerifier({ settings, transport, log, now })
}
