import type { Dispatcher } from 'undici'
import { EnvHttpProxyAgent, Pool } from 'undici'
import { assertHostAllowed, guardedLookup } from './address-guard.ts'
import { Exchange } from './exchange.ts'
import type { Transport, UpstreamRequest, UpstreamResponse } from './transport.ts'
import { toTransportError } from './transport-error.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * undici's dispatch interface over one pool per origin: 3 to 20 times less work per request than `fetch`.
 * Pools have no connection limit, because a held stream occupies its connection.
 * `HTTPS_PROXY` and `NO_PROXY` of `env` are honoured for https targets.
 */
export function createUndiciTransport(env: Environment = {}): Transport {
  const dispatchers = new Map<string, Dispatcher>()
  const dispatcherFor = (request: UpstreamRequest): Dispatcher => {
    const key = `${request.url.origin} ${request.timeouts.connect_ms}`
    const known = dispatchers.get(key)
    if (known) return known
    assertHostAllowed(request.url)
    const made = createDispatcher(request, env)
    dispatchers.set(key, made)
    return made
  }
  return {
    send: (request) => send(request, dispatcherFor),
    close: async () => {
      await Promise.all([...dispatchers.values()].map((dispatcher) => dispatcher.destroy()))
    },
  }
}

async function send(
  request: UpstreamRequest,
  dispatcherFor: (request: UpstreamRequest) => Dispatcher,
): Promise<UpstreamResponse> {
  let dispatcher: Dispatcher
  try {
    dispatcher = dispatcherFor(request)
  } catch (error) {
    throw toTransportError(error, false)
  }
  const exchange = new Exchange(request)
  dispatcher.dispatch(
    {
      origin: request.url.origin,
      path: request.url.pathname + request.url.search,
      method: request.method,
      headers: request.headers,
      body: request.body,
      // The exchange has its own timer: undici's counts whole seconds.
      headersTimeout: 0,
      bodyTimeout: request.timeouts.idle_ms,
    },
    exchange,
  )
  return exchange.response
}

function createDispatcher(request: UpstreamRequest, env: Environment): Dispatcher {
  const options = {
    pipelining: 1,
    allowH2: false,
    // Below uvicorn's 5 s: a connection that the server is about to close is not used for a POST.
    keepAliveTimeout: 4000,
    maxHeaderSize: 16 * 1024,
    connect: { timeout: request.timeouts.connect_ms, lookup: guardedLookup },
  }
  const proxy = env['HTTPS_PROXY'] ?? env['https_proxy']
  if (proxy && request.url.protocol === 'https:') {
    const noProxy = env['NO_PROXY'] ?? env['no_proxy'] ?? ''
    return new EnvHttpProxyAgent({ ...options, httpProxy: '', httpsProxy: proxy, noProxy })
  }
  return new Pool(request.url.origin, options)
}
