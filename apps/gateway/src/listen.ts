import type { RequestListener, Server, ServerOptions } from 'node:http'
import { createServer } from 'node:http'
import type { HttpBindings } from '@hono/node-server'
import { createAdaptorServer } from '@hono/node-server'
import { KeeptrustsError } from '@keeptrusts/core'
import type { Hono } from 'hono'
import type { OnRejected } from './http/guard-server.ts'
import { guardConnections, guardRequests } from './http/guard-server.ts'

/** Where to listen; port 0 takes any free port. */
export interface ListenAddress {
  readonly host: string
  readonly port: number
}

/** A socket that takes calls. */
export interface Listening {
  /** As in `http://127.0.0.1:41002`. */
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
  {
    onRejected = () => {},
    headersTimeout = serverOptions.headersTimeout,
    flag = '--listen',
  }: ListenOptions = {},
): Promise<Listening> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: { ...serverOptions, headersTimeout },
    createServer: ((options: ServerOptions, listener: RequestListener) =>
      createServer(options, guardRequests(listener, onRejected))) as typeof createServer,
  }) as Server
  // Node would drop what is beyond: all headers are kept and counted by the guard.
  server.maxHeadersCount = 0
  guardConnections(server, onRejected)
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(startError(error, address, flag)))
    server.listen(address.port, address.host, resolve)
  })
  const closed = new Promise<void>((resolve) => server.once('close', resolve))
  return {
    url: urlOf(server, address),
    refuseNew: () => {
      server.close()
      server.closeIdleConnections()
    },
    close: () => {
      server.close()
      server.closeAllConnections()
      return closed
    },
  }
}

function urlOf(server: Server, { host, port }: ListenAddress): string {
  const bound = server.address()
  const actual = typeof bound === 'object' && bound !== null ? bound.port : port
  return `http://${host.includes(':') ? `[${host}]` : host}:${actual}`
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
