import { once } from 'node:events'
import type { RequestListener, Server } from 'node:http'
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TlsIdentity } from '../tls/certificate-authority.ts'

/** Certificate of a server, and whose clients it lets in. */
export interface ServerTls extends TlsIdentity {
  /** Authority that client certificates must come from; without it none is asked for. */
  readonly clientCa?: string
}

/** Where a server listens; port 0 takes a free one. */
export interface ListenOptions {
  readonly port?: number
  readonly host?: string
  /** Makes it speak https. */
  readonly tls?: ServerTls
}

/** A listening server. */
export interface LocalServer {
  /** `http://127.0.0.1:PORT` or `https://…`, without a trailing slash. */
  readonly url: string
  readonly port: number
  /** Stops listening and cuts open connections, so that the port can be taken again at once. */
  close(): Promise<void>
}

/** Starts an HTTP server on loopback unless `host` says otherwise; rejects with the error of `listen`. */
export async function startLocalServer(
  listener: RequestListener,
  options: ListenOptions,
): Promise<LocalServer> {
  const server = options.tls
    ? createTlsServer(tlsOptions(options.tls), listener)
    : createServer(listener)
  // Tests restart servers on one port and count connections: what is idle must not be closed under them.
  server.keepAliveTimeout = 60_000
  server.requestTimeout = 0
  return listenLocally(server, options)
}

function tlsOptions({ cert, key, clientCa }: ServerTls) {
  return {
    cert,
    key,
    ...(clientCa !== undefined && { ca: clientCa, requestCert: true, rejectUnauthorized: true }),
  }
}

/** Lets a server listen on loopback unless `host` says otherwise; rejects with the error of `listen`. */
export async function listenLocally(
  server: Server,
  { port = 0, host = '127.0.0.1', tls }: ListenOptions,
): Promise<LocalServer> {
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address() as AddressInfo
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address
  return {
    url: `${tls === undefined ? 'http' : 'https'}://${name}:${address.port}`,
    port: address.port,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
