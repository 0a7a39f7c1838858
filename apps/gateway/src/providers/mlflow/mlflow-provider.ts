import type { Provider, ProviderAnswer, ProviderCall, ProviderDeps } from '../provider.ts'
import { requireEndpoint } from '../require-endpoint.ts'
import { requireToken } from '../require-token.ts'
import { callAgentServer } from './agent-server/agent-server.ts'
import type { ServerKind } from './probe-server.ts'
import { callScoringServer } from './scoring-server/scoring-server.ts'
import { callTrackingServer } from './tracking-server/tracking-server.ts'

type CallServer = (call: ProviderCall, deps: ProviderDeps) => Promise<ProviderAnswer>

/** The adapter for each kind of MLflow server that does not speak plain OpenAI; `null` for the others. */
export function adapterFor(kind: ServerKind): CallServer | null {
  switch (kind) {
    case 'scoring':
      return callScoringServer
    case 'agent':
      return callAgentServer
    case 'tracking':
      return callTrackingServer
    default:
      return null
  }
}

const kindByMode: Readonly<Record<string, ServerKind>> = {
  chat: 'scoring',
  responses: 'agent',
  gateway: 'tracking',
}

/** The kind of server that `mlflow:<mode>` says outright. */
export function kindOfMode(mode: string): ServerKind {
  return kindByMode[mode] ?? 'scoring'
}

/**
 * An MLflow server whose kind is said outright and never probed (decision W10): `mlflow:chat` a scoring server,
 * `mlflow:responses` an agent server, `mlflow:gateway` an endpoint of `mlflow server`.
 */
export const mlflowProvider: Provider = {
  name: 'mlflow',
  probes: false,
  call: async (call, deps) => {
    const kind = kindOfMode(call.target.target.mode)
    requireToken(call.target, kind)
    requireEndpoint(call, kind)
    return (adapterFor(kind) ?? callScoringServer)(call, deps)
  },
}
