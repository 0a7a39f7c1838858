import type { RequestListener, Server, ServerOptions } from 'node:http'
import { createServer } from 'node:http'
import type { Server as TlsServer } from 'node:https'
import { createServer as createTlsServer } from 'node:https'
import type { HttpBindings } from '@hono/node-server'
import { createAdaptorServer } from '@hono/node-server'
import { KeeptrustsError } from '@keeptrusts/core'
import type { Hono } from 'hono'
import type { Handshakes } from './http/guard-handshakes.ts'
import { guardHandshakes } from './http/guard-handshakes.ts'
import type { OnRejected } from './http/guard-server.ts'
import { guardConnections, guardRequests } from './http/guard-server.ts'
import { minVersion } from './tls/load-server-tls.ts'
import type { ServerTls } from './tls/server-tls.ts'

/** Where to listen; port 0 takes any free port. */
export interface ListenAddress {
  readonly host: string
  readonly port: number
}

/** A socket that takes calls. */
export interface Listening {
  /** As in `http://127.0.0.1:41002`; `https:` with TLS. */
  readonly url: string
  /** Accepts no more connections; calls under way go on. */
  refuseNew(): void
  /** Drops what is still connected. */
  close(): Promise<void>
}

export interface ListenOptions {
  readonly onRejected?: OnRejected
  /** Milliseconds in which the head of a request must arrive; 10 s. */
  readonly headersTimeout?: number
  /** The flag that names the address, for errors; `--listen`. */
  readonly flag?: string
  /** Certificate and key; plain HTTP when absent. */
  readonly tls?: ServerTls
  /** Milliseconds in which the TLS handshake must be done; 10 s. */
  readonly handshakeTimeout?: number
}

const serverOptions = {
  // Slow heads and bodies must not hold connections for ever.
  headersTimeout: 10_000,
  requestTimeout: 300_000,
  connectionsCheckingInterval: 1000,
  // Above the idle time of usual clients' pools: the client closes first, so no request meets a closing connection.
  keepAliveTimeout: 75_000,
  maxHeaderSize: 16 * 1024,
  // Node answers a missing Host without saying so to anybody; the guard looks at it.
  requireHostHeader: false,
}

/** Listens. Throws `KeeptrustsError`: `port-in-use`, `address-unavailable` or `permission-denied`. */
export async function listen(
  app: Hono<{ Bindings: Partial<HttpBindings> }>,
  address: ListenAddress,
  options: ListenOptions = {},
): Promise<Listening> {
  const { onRejected = () => {}, flag = '--listen', tls } = options
  const server = createGuarded(app, options)
  const handshakes = tls && guardTls(server as TlsServer, { tls, onRejected })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(startError(error, address, flag)))
    server.listen(address.port, address.host, resolve)
  })
  const closed = new Promise<void>((resolve) => server.once('close', resolve))
  return {
    url: `${tls ? 'https' : 'http'}://${placeOf(server, address)}`,
    refuseNew: () => {
      server.close()
      server.closeIdleConnections()
    },
    close: () => {
      server.close()
      server.closeAllConnections()
      handshakes?.dropAll()
      return closed
    },
  }
}

/** A server, with or without TLS, that lets only what it understands through to the app. */
function createGuarded(
  app: Hono<{ Bindings: Partial<HttpBindings> }>,
  {
    onRejected = () => {},
    headersTimeout = serverOptions.headersTimeout,
    handshakeTimeout = 10_000,
    tls,
  }: ListenOptions,
): Server {
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: { ...serverOptions, headersTimeout },
    createServer: ((options: ServerOptions, listener: RequestListener) => {
      const guarded = guardRequests(listener, onRejected)
      if (tls === undefined) return createServer(options, guarded)
      const { cert, key } = tls.current
      return createTlsServer({ ...options, cert, key, minVersion, handshakeTimeout }, guarded)
    }) as typeof createServer,
  }) as Server
  // Node would drop what is beyond: all headers are kept and counted by the guard.
  server.maxHeadersCount = 0
  guardConnections(server, onRejected)
  return server
}

function guardTls(
  server: TlsServer,
  { tls, onRejected }: { readonly tls: ServerTls; readonly onRejected: OnRejected },
): Handshakes {
  tls.follow(server)
  return guardHandshakes(server, onRejected)
}

/** Host and port as in a URL. */
function placeOf(server: Server, { host, port }: ListenAddress): string {
  const bound = server.address()
  const actual = typeof bound === 'object' && bound !== null ? bound.port : port
  return `${host.includes(':') ? `[${host}]` : host}:${actual}`
}

function startError(
  error: NodeJS.ErrnoException,
  { host, port }: ListenAddress,
  flag: string,
): Error {
  const place = `${host}:${port}`
  if (error.code === 'EADDRINUSE')
    return new KeeptrustsError({
      code: 'port-in-use',
      message: `Another program listens on ${place}.`,
      suggestion: `Stop it, or choose another port with ${flag} ${host}:${port + 1}.`,
      cause: error,
    })
  if (error.code === 'EACCES')
    return new KeeptrustsError({
      code: 'permission-denied',
      message: `Listening on ${place} is not permitted.`,
      suggestion: `Choose a port above 1023 with ${flag}.`,
      cause: error,
    })
  return new KeeptrustsError({
    code: 'address-unavailable',
    message: `${place} cannot be listened on (${error.code ?? error.name}).`,
    suggestion: `Use an address of this machine, as in ${flag} 127.0.0.1:${port}.`,
    cause: error,
  })
}
