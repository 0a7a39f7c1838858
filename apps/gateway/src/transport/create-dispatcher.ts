import type { buildConnector, Dispatcher } from 'undici'
import { EnvHttpProxyAgent, Pool, buildConnector as toConnector } from 'undici'
import { guardedLookup } from './address-guard.ts'
import type { EgressProxy } from './egress-proxy.ts'
import type { UpstreamRequest } from './transport.ts'
import { systemCodeOf, TransportError } from './transport-error.ts'

const pooling = {
  pipelining: 1,
  allowH2: false,
  // Below uvicorn's 5 s: a connection that the server is about to close is not used for a POST.
  keepAliveTimeout: 4000,
  maxHeaderSize: 16 * 1024,
}

/** Connections, and how many were begun so far; `null` where that is not known at once, as through a proxy. */
export interface Connections {
  readonly dispatcher: Dispatcher
  readonly begun: number | null
}

/** The connections to the origin of a request, through the proxy when there is one for it. */
export function createConnections(
  { url, timeouts, tls }: UpstreamRequest,
  proxy: EgressProxy | null,
): Connections {
  const timeout = timeouts.connect_ms
  const connect = heedAlerts(toConnector({ ...tls, timeout, lookup: guardedLookup }))
  if (proxy === null || url.protocol !== 'https:') return createPool(url, connect)
  const agent = new EnvHttpProxyAgent({
    ...pooling,
    connect,
    // Read from our own variables only, never from those of the process.
    httpProxy: '',
    httpsProxy: proxy.url.href,
    noProxy: proxy.noProxy,
    // Behind the proxy no name is looked up here, so only the check of the address itself applies (decision W5).
    requestTls: { ...tls, timeout },
    proxyTls: { timeout },
    clientFactory: () => createProxyPool(proxy, timeout),
    factory: (origin, options: Pool.Options) =>
      new Pool(origin, { ...options, connect: heedAlerts(options.connect ?? connect) }),
    ...(proxy.authorization !== null && { token: proxy.authorization }),
  })
  return { dispatcher: agent, begun: null }
}

function createPool(url: URL, connect: buildConnector.connector): Connections {
  let begun = 0
  const counted: buildConnector.connector = (options, callback) => {
    begun += 1
    connect(options, callback)
  }
  const dispatcher = new Pool(url.origin, { ...pooling, connect: counted })
  return {
    dispatcher,
    get begun() {
      return begun
    },
  }
}

/**
 * A server that wants a client certificate says so after the handshake (TLS 1.3), and Node reports that alert without
 * closing the socket: unless it is closed at once, undici hears of an ordinary end.
 */
function heedAlerts(connect: NonNullable<Pool.Options['connect']>): buildConnector.connector {
  const open = typeof connect === 'function' ? connect : toConnector(connect)
  return (options, callback) =>
    open(options, (error, socket) => {
      if (error !== null) return callback(error, null)
      socket.once('error', (alert) => socket.destroy(alert))
      return callback(null, socket)
    })
}

/** Connections to the proxy itself, whose failures say that they are the proxy's. `timeout` in milliseconds. */
function createProxyPool({ url }: EgressProxy, timeout: number): Pool {
  const { host } = url
  const open = toConnector({ timeout, lookup: guardedLookup })
  const connect: buildConnector.connector = (options, callback) =>
    open(options, (error, socket) => {
      if (error === null) callback(null, socket)
      else callback(proxyFailure(host, error), null)
    })
  const pool = new Pool(url.origin, { pipelining: 1, connect })
  const openTunnel = pool.connect.bind(pool)
  const checked = async (options: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData> => {
    // undici's own timer for the answer counts whole seconds.
    const signal = AbortSignal.timeout(timeout)
    const answer = await openTunnel({ ...options, signal }).catch((error: unknown) => {
      throw proxyFailure(host, signal.aborted ? { code: 'ETIMEDOUT' } : error)
    })
    if (answer.statusCode === 200) return answer
    answer.socket.on('error', () => {}).destroy()
    throw new TransportError('proxy', { sent: false, proxy: { host, status: answer.statusCode } })
  }
  return Object.assign(pool, { connect: checked })
}

function proxyFailure(host: string, error: unknown): TransportError {
  if (error instanceof TransportError) return error
  const systemCode = systemCodeOf(error)
  const proxy = { host, status: null }
  return new TransportError('proxy', { sent: false, proxy, ...(systemCode && { systemCode }) })
}
