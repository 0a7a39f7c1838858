import type { ApiShape } from '@keeptrusts/core'
import type { Endpoint } from '../call/endpoints.ts'
import { endpointOf } from '../call/endpoints.ts'
import { adapterUrl, joinUrl } from './join-url.ts'
import type { ServerKind } from './mlflow/probe-server.ts'
import type { TargetRuntime } from './target-runtime.ts'
import { baseUrl } from './target-runtime.ts'

/** A call as far as its address depends on it. */
interface Addressed {
  readonly target: TargetRuntime
  readonly endpoint: Endpoint
}

/** By kind of server and path: a target's address never changes. */
const known = new WeakMap<TargetRuntime, Map<string, URL>>()

/**
 * Where a call to a target goes when a server of this kind stands there: the one place that knows, for calls and for `kt doctor`. The
 * same URL for the same question.
 */
export function callUrl(addressed: Addressed, kind: ServerKind): URL {
  const { target, endpoint } = addressed
  const urls = known.get(target) ?? new Map<string, URL>()
  known.set(target, urls)
  const key = `${kind} ${endpoint.path}`
  const url = urls.get(key) ?? makeUrl(addressed, kind)
  urls.set(key, url)
  return url
}

function makeUrl({ target, endpoint }: Addressed, kind: ServerKind): URL {
  const base = baseUrl(target.target)
  switch (kind) {
    case 'scoring':
    case 'agent':
      return adapterUrl(base, '/invocations')
    case 'tracking':
      if (gatewayPath(target) !== null) return joinUrl(base, endpoint.path)
      return adapterUrl(base, `/gateway/mlflow${endpointOf('chat.completions').path}`)
    default:
      return joinUrl(base, endpoint.path)
  }
}

/** The APIs that a server of this kind has; what stands at an unknown address is taken for plain OpenAI, which has all. */
export function servedShapes(target: TargetRuntime, kind: ServerKind): readonly ApiShape[] {
  switch (kind) {
    case 'scoring':
      return ['chat.completions']
    case 'agent':
      return ['chat.completions', 'responses']
    case 'gateway':
      return ['chat.completions', 'completions', 'embeddings']
    case 'tracking':
      // What it hands on to OpenAI as it is.
      if (gatewayPath(target) === 'openai') return ['chat.completions', 'embeddings', 'responses']
      return ['chat.completions']
    default:
      return ['chat.completions', 'completions', 'embeddings', 'responses']
  }
}

/** A base that names one of the paths of `mlflow server`'s gateway is believed: `openai` for `…/gateway/openai/v1`. */
function gatewayPath(target: TargetRuntime): string | null {
  const { pathname } = new URL(baseUrl(target.target))
  return /\/gateway\/([^/]+)\/v1$/.exec(pathname)?.[1] ?? null
}
