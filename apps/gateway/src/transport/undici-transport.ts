import type { Dispatcher } from 'undici'
import { assertHostAllowed } from './address-guard.ts'
import { createDispatcher } from './create-dispatcher.ts'
import type { EgressProxy } from './egress-proxy.ts'
import { Exchange } from './exchange.ts'
import type { TlsMaterial } from './tls-material.ts'
import type { Transport, UpstreamRequest, UpstreamResponse } from './transport.ts'
import { toTransportError } from './transport-error.ts'

/**
 * undici's dispatch interface over one pool per origin: 3 to 20 times less work per request than `fetch`.
 * Pools have no connection limit, because a held stream occupies its connection. Servers with https are reached
 * through `proxy`.
 */
export function createUndiciTransport(proxy: EgressProxy | null = null): Transport {
  const pools = new Pools(proxy)
  return { send: (request) => send(request, pools), close: () => pools.close() }
}

/** Dispatchers by certificates, origin and connect timeout: a connection never serves another target's certificates. */
class Pools {
  readonly #proxy: EgressProxy | null
  readonly #byTls = new Map<TlsMaterial | undefined, Map<string, Dispatcher>>()

  constructor(proxy: EgressProxy | null) {
    this.#proxy = proxy
  }

  /** Throws when the host of the request is itself a refused address. */
  for(request: UpstreamRequest): Dispatcher {
    const pools = this.#byTls.get(request.tls) ?? new Map<string, Dispatcher>()
    this.#byTls.set(request.tls, pools)
    const key = `${request.url.origin} ${request.timeouts.connect_ms}`
    const known = pools.get(key)
    if (known) return known
    assertHostAllowed(request.url)
    const made = createDispatcher(request, this.#proxy)
    pools.set(key, made)
    return made
  }

  async close(): Promise<void> {
    const all = [...this.#byTls.values()].flatMap((pools) => [...pools.values()])
    await Promise.all(all.map((dispatcher) => dispatcher.destroy()))
  }
}

async function send(request: UpstreamRequest, pools: Pools): Promise<UpstreamResponse> {
  let dispatcher: Dispatcher
  try {
    dispatcher = pools.for(request)
  } catch (error) {
    throw toTransportError(error, false)
  }
  const exchange = new Exchange(request)
  dispatcher.dispatch(
    {
      origin: request.url.origin,
      path: request.url.pathname + request.url.search,
      method: request.method,
      // A copy, because undici's proxy agent adds to it.
      headers: { ...request.headers },
      body: request.body,
      // The exchange has its own timer: undici's counts whole seconds.
      headersTimeout: 0,
      bodyTimeout: request.timeouts.idle_ms,
    },
    exchange,
  )
  return exchange.response
}
