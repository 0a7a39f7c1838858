import { adapterUrl, joinUrl } from './join-url.ts'
import type { ServerKind } from './mlflow/probe-server.ts'
import type { TargetRuntime } from './target-runtime.ts'
import { baseUrl } from './target-runtime.ts'

/** A call as far as its address depends on it. */
interface Addressed {
  readonly target: TargetRuntime
  /** The client's path, as in `/v1/chat/completions`. */
  readonly path: string
}

/** Where a call to a target goes when a server of this kind stands there: the one place that knows, for calls and for `kt doctor`. */
export function callUrl({ target, path }: Addressed, kind: ServerKind): URL {
  const base = baseUrl(target.target)
  switch (kind) {
    case 'scoring':
    case 'agent':
      return adapterUrl(base, '/invocations')
    case 'tracking':
      return endpointUrl(base)
    default:
      return joinUrl(base, path)
  }
}

/** A base that names one of the gateway's own paths is believed; anything else is the server's address. */
function endpointUrl(base: string): URL {
  const isGatewayPath = /\/gateway\/[^/]+\/v1$/.test(new URL(base).pathname)
  if (!isGatewayPath) return adapterUrl(base, '/gateway/mlflow/v1/chat/completions')
  const url = new URL(base)
  url.pathname += '/chat/completions'
  return url
}
