import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Where a server listens; port 0 takes a free one. */
export interface ListenOptions {
  readonly port?: number
  readonly host?: string
}

/** A listening server. */
export interface LocalServer {
  /** `http://127.0.0.1:PORT`, without a trailing slash. */
  readonly url: string
  readonly port: number
  /** Stops listening and cuts open connections, so that the port can be taken again at once. */
  close(): Promise<void>
}

/** Starts an HTTP server on loopback unless `host` says otherwise; rejects with the error of `listen`. */
export async function startLocalServer(
  listener: RequestListener,
  { port = 0, host = '127.0.0.1' }: ListenOptions,
): Promise<LocalServer> {
  const server = createServer(listener)
  // Tests restart servers on one port and count connections: what is idle must not be closed under them.
  server.keepAliveTimeout = 60_000
  server.requestTimeout = 0
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address() as AddressInfo
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address
  return {
    url: `http://${name}:${address.port}`,
    port: address.port,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
