import type { Target } from '@keeptrusts/core'
import { CircuitBreaker, knownProviders } from '@keeptrusts/core'
import type { TlsMaterial } from '../transport/tls-material.ts'
import type { Transport } from '../transport/transport.ts'
import { placeText } from './config-place.ts'
import type { Credentials } from './credentials/credentials.ts'
import { createCredentials } from './credentials/credentials.ts'
import type { CertificateExpiry } from './credentials/load-tls.ts'
import { loadTls } from './credentials/load-tls.ts'
import type { ServerKind } from './mlflow/probe-server.ts'
import type { InvocationForm } from './mlflow/scoring-server/invocation-form.ts'

/** A target at run time: its configuration, its secret, and what was learned about the server behind it. */
export interface TargetRuntime {
  readonly id: string
  readonly provider: string
  readonly model: string
  /** Host and port as events show them. */
  readonly host: string
  readonly target: Target
  /** `providers.targets[i]`. */
  readonly path: string
  readonly credentials: Credentials
  /** Certificates for whatever is sent to this target. */
  readonly tls: TlsMaterial | undefined
  /** Until when they hold. */
  readonly certificates: readonly CertificateExpiry[]
  /** What the server showed itself to be; forgotten when it goes away. */
  readonly learned: {
    kind?: ServerKind
    /** The form that the served model takes (decision W4). */
    form?: InvocationForm
    /** Set for an agent that can only stream, or only answer at once. */
    agentStreams?: boolean
  }
  /** Whether calls are kept away from it. */
  readonly circuit: CircuitBreaker
  /** What the last contact showed. */
  readonly health: { reachable: boolean | null }
}

/** What targets are made with. */
export interface TargetDeps {
  /** Where secrets are read. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** By which tokens are fetched. */
  readonly transport: Transport
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/**
 * Reads the secrets and certificates of the targets once: what changes counts after a restart (decision C4). Throws
 * `KeeptrustsError` `tls-file-invalid`.
 */
export function createTargets(targets: readonly Target[], deps: TargetDeps): TargetRuntime[] {
  return targets.map((target, index) => createTarget(target, `providers.targets[${index}]`, deps))
}

/** One of them; `path` as in `providers.targets[0]`. Throws `KeeptrustsError` `tls-file-invalid`. */
export function createTarget(target: Target, path: string, deps: TargetDeps): TargetRuntime {
  const { id, provider, model, position } = target
  const place = { path, position }
  const { material: tls, expiries } = loadTls(target.tls, place)
  return {
    id,
    provider,
    model,
    host: new URL(baseUrl(target)).host,
    target,
    path,
    credentials: createCredentials(target, { ...deps, tls, owner: `target "${id}"`, place }),
    tls,
    certificates: expiries,
    learned: {},
    circuit: new CircuitBreaker(deps.now),
    health: { reachable: null },
  }
}

/** Where a target is called; the public address of its provider when the configuration names none. */
export function baseUrl({ id, provider, base_url }: Target): string {
  const url = base_url ?? knownProviders[provider]?.defaultBaseUrl
  if (typeof url === 'string') return url
  throw new Error(`target "${id}" has no base_url, which the configuration would have refused`)
}

/** True when a variable is configured for a secret and holds nothing. */
export function lacksToken(target: TargetRuntime): boolean {
  return target.credentials.missing.length > 0
}

/** Where the target stands in the configuration, as in `providers.targets[0] (policy-config.yaml:7)`; no folder names. */
export function configLine({ path, target }: TargetRuntime, key = ''): string {
  return placeText({ path, position: target.position }, key)
}
