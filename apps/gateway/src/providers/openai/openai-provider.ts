import { waitingFor } from '../../call/waits.ts'
import { TransportError } from '../../transport/transport-error.ts'
import { callUrl } from '../call-url.ts'
import { adapterFor } from '../mlflow/mlflow-provider.ts'
import type { ServerKind } from '../mlflow/probe-server.ts'
import type { Provider, ProviderAnswer, ProviderCall, ProviderDeps } from '../provider.ts'
import { readAnswer } from '../read-answer.ts'
import { requireEndpoint } from '../require-endpoint.ts'
import { requireToken } from '../require-token.ts'
import { sendCall } from '../send-call.ts'
import { lacksToken } from '../target-runtime.ts'
import { WrongPathError } from '../upstream-refusal.ts'

/** OpenAI's own protocol, and whatever MLflow server turns out to stand at an `openai:*` target's address. */
export const openaiProvider: Provider = { name: 'openai', probes: true, call }

async function call(call: ProviderCall, deps: ProviderDeps): Promise<ProviderAnswer> {
  const kind = await findKind(call, deps)
  requireToken(call.target, kind)
  try {
    return await callAs(kind, call, deps)
  } catch (error) {
    if (error instanceof WrongPathError) return callElsewhere(error, { kind, call, deps })
    throw error
  }
}

async function findKind(
  { target, waits }: ProviderCall,
  { kinds }: ProviderDeps,
): Promise<ServerKind> {
  const known = await waitingFor(kinds.current(target), waits)
  // Whether the call may go without a token depends on the kind, so here it is worth waiting for.
  return known === 'unknown' && lacksToken(target) ? waitingFor(kinds.probe(target), waits) : known
}

async function callAs(
  kind: ServerKind,
  call: ProviderCall,
  deps: ProviderDeps,
): Promise<ProviderAnswer> {
  requireEndpoint(call, kind)
  const callServer = adapterFor(kind) ?? callOpenai
  try {
    return await callServer(call, deps)
  } catch (error) {
    if (error instanceof TransportError && !error.sent && error.problem !== 'cancelled') {
      deps.kinds.forget(call.target)
      void deps.kinds.probe(call.target)
    }
    throw error
  }
}

/** Calls a server that speaks the client's own protocol. */
export async function callOpenai(
  call: ProviderCall,
  { transport }: ProviderDeps,
): Promise<ProviderAnswer> {
  const url = callUrl(call, 'unknown')
  const response = await sendCall(call, { url, body: call.body }, transport)
  call.target.health.reachable = true
  return readAnswer(response, call)
}

interface Elsewhere {
  readonly kind: ServerKind
  readonly call: ProviderCall
  readonly deps: ProviderDeps
}

/** The path was wrong: finds out which server this is, and sends the call once to the right path if no model ran. */
async function callElsewhere(
  error: WrongPathError,
  { kind, call, deps }: Elsewhere,
): Promise<ProviderAnswer> {
  const found = await waitingFor(deps.kinds.probe(call.target), call.waits)
  requireEndpoint(call, found)
  const samePath = adapterFor(found) === adapterFor(kind)
  if (samePath || found === 'unreachable' || !error.noModelRan) throw error
  requireToken(call.target, found)
  return callAs(found, call, deps)
}
