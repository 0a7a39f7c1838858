import { endpointOf } from '../call/endpoints.ts'
import { GatewayError } from '../errors/gateway-error.ts'
import { servedShapes } from './call-url.ts'
import type { ServerKind } from './mlflow/probe-server.ts'
import type { ProviderCall } from './provider.ts'
import { configLine } from './target-runtime.ts'

/** Names of the servers that do not have every endpoint, as their starters know them. */
const serverNames: Partial<Record<ServerKind, string>> = {
  scoring: 'mlflow models serve',
  agent: 'an agent server of MLflow',
  gateway: 'mlflow gateway start',
  tracking: 'mlflow server',
}

/** Refuses a call that a server of this kind has no endpoint for, before anything is sent. Throws `GatewayError` `endpoint_not_supported`. */
export function requireEndpoint({ target, endpoint }: ProviderCall, kind: ServerKind): void {
  const shapes = servedShapes(target, kind)
  if (shapes.includes(endpoint.shape)) return
  const paths = shapes.map((shape) => endpointOf(shape).path).join(', ')
  throw new GatewayError('endpoint_not_supported', {
    message: `The server of target "${target.id}" (${serverNames[kind] ?? kind}) has no ${endpoint.path}; it serves ${paths}.`,
    suggestion: `Call one of these, or ask for a model whose server has the endpoint: see ${configLine(target, '.provider')}.`,
    param: 'model',
  })
}
