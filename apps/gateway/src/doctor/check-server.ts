import type { ServerKind, ServerSighting } from '../providers/mlflow/probe-server.ts'
import type { TargetRuntime } from '../providers/target-runtime.ts'
import { configLine } from '../providers/target-runtime.ts'
import type { Verdict } from './finding.ts'
import { failed, ok, skipped } from './finding.ts'

interface KnownKind {
  readonly name: string
  readonly startedBy: string
  /** Ways to write `provider` for it, as in `mlflow:chat`. */
  readonly providers: readonly string[]
}

const knownKinds: Readonly<Partial<Record<ServerKind, KnownKind>>> = {
  scoring: {
    name: 'scoring server',
    startedBy: 'mlflow models serve',
    providers: ['openai:chat', 'mlflow:chat'],
  },
  agent: {
    name: 'agent server',
    startedBy: 'mlflow.genai.agent_server',
    providers: ['openai:chat', 'mlflow:responses'],
  },
  tracking: {
    name: 'tracking server',
    startedBy: 'mlflow server',
    providers: ['openai:chat', 'mlflow:gateway'],
  },
  gateway: { name: 'AI gateway', startedBy: 'mlflow gateway start', providers: ['openai:chat'] },
}

/** An MLflow server in words; `null` for what is none. */
export function nameOfKind(kind: ServerKind): string | null {
  const known = knownKinds[kind]
  return known ? `an MLflow ${known.name} (${known.startedBy})` : null
}

interface Seen {
  readonly target: TargetRuntime
  /** The kind that `provider` names; `null` when it is found out. */
  readonly stated: ServerKind | null
}

/** Which server answers, and whether it is the one that `provider` names. */
export function checkServer(
  { kind, version }: Pick<ServerSighting, 'kind' | 'version'>,
  { target, stated }: Seen,
): Verdict {
  if (kind === 'unreachable')
    return skipped('not-checked', 'It is not known which server this is: /health gave no answer.')
  const known = knownKinds[kind]
  const written = `${target.provider}:${target.target.mode}`
  if (!known)
    return ok(
      'server-unknown',
      stated === null
        ? 'Not an MLflow server; it is called as a server that speaks the OpenAI API.'
        : `The server does not show which kind it is; ${written} is believed.`,
    )
  const described = `${nameOfKind(kind)}${version === null ? '' : `, MLflow ${version}`}`
  if (stated === null || stated === kind) return ok('server-found', `This is ${described}.`)
  const ways = known.providers.map((way) => `${way}:${target.model}`)
  return failed(
    'kind-mismatch',
    `provider says ${written}, but this is ${described}.`,
    `Write provider: ${ways.join(' or ')} in ${configLine(target)}.`,
  )
}
