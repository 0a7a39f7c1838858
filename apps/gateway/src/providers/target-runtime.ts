import type { Target } from '@keeptrusts/core'
import { knownProviders } from '@keeptrusts/core'
import type { Credentials } from './credentials/credentials.ts'
import { createCredentials } from './credentials/credentials.ts'
import type { InvocationForm } from './mlflow/invocation-form.ts'
import type { ServerKind } from './mlflow/probe-server.ts'

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
  /** What the server showed itself to be; forgotten when it goes away. */
  readonly learned: {
    kind?: ServerKind
    /** The form that the served model takes (decision W4). */
    form?: InvocationForm
  }
  /** What the last contact showed. */
  readonly health: { reachable: boolean | null }
}

type Environment = Readonly<Record<string, string | undefined>>

/** Reads the secrets of the targets once: a changed variable counts after a restart (decision C4). */
export function createTargets(targets: readonly Target[], env: Environment): TargetRuntime[] {
  return targets.map((target, position) => ({
    id: target.id,
    provider: target.provider,
    model: target.model,
    host: new URL(baseUrl(target)).host,
    target,
    path: `providers.targets[${position}]`,
    credentials: createCredentials(target, env),
    learned: {},
    health: { reachable: null },
  }))
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
export function configLine(target: TargetRuntime, key = ''): string {
  const { file, line } = target.target.position
  const name = file.split(/[\\/]/).at(-1) ?? file
  return `${target.path}${key} (${name}:${line})`
}
