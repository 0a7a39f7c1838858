import type { IncomingMessage } from 'node:http'
import { createServer } from 'node:http'
import type { Socket } from 'node:net'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import type { LocalServer } from './local-server.ts'
import { listenLocally } from './local-server.ts'

/** How a proxy treats requests for a tunnel. */
export interface ConnectProxyOptions {
  /** `user:password` that it demands. */
  readonly credentials?: string
  /** Port on loopback that every tunnel leads to, whatever was asked for; absent: where it was asked to lead. */
  readonly leadsTo?: number
  /** Status with which it refuses every tunnel; `hang` for no answer at all. */
  readonly refuse?: number | 'hang'
}

/** A running proxy. */
export interface ConnectProxy extends LocalServer {
  /** What tunnels were asked for, as `host:port`, in order. */
  readonly asked: readonly string[]
  /** Tunnels that are open. */
  open(): number
}

/** Starts a proxy for https on 127.0.0.1 (CONNECT, RFC 9110 §9.3.6). */
export async function startConnectProxy(options: ConnectProxyOptions = {}): Promise<ConnectProxy> {
  const asked: string[] = []
  const tunnels = new Set<Duplex>()
  const server = createServer((_request, response) => response.writeHead(405).end())
  server.on('connect', (request: IncomingMessage, client: Duplex) => {
    asked.push(request.url ?? '')
    tunnels.add(client)
    client.on('close', () => tunnels.delete(client)).on('error', () => {})
    const refusal = refusalOf(request, options)
    if (refusal === 'hang') return void client.on('end', () => client.end()).resume()
    if (refusal === null) openTunnel(client, addressOf(request, options))
    else client.end(`HTTP/1.1 ${refusal} No\r\ncontent-length: 0\r\n\r\n`)
  })
  const listening = await listenLocally(server, {})
  return {
    ...listening,
    asked,
    open: () => tunnels.size,
    close: async () => {
      for (const tunnel of tunnels) tunnel.destroy()
      await listening.close()
    },
  }
}

function refusalOf(
  request: IncomingMessage,
  { credentials, refuse }: ConnectProxyOptions,
): number | 'hang' | null {
  const expected = `Basic ${Buffer.from(credentials ?? '').toString('base64')}`
  if (credentials !== undefined && request.headers['proxy-authorization'] !== expected) return 407
  return refuse ?? null
}

interface Address {
  readonly host: string
  readonly port: number
}

function addressOf({ url = '' }: IncomingMessage, { leadsTo }: ConnectProxyOptions): Address {
  if (leadsTo !== undefined) return { host: '127.0.0.1', port: leadsTo }
  const { hostname, port } = new URL(`http://${url}`)
  return { host: hostname, port: Number(port || 80) }
}

function openTunnel(client: Duplex, address: Address): void {
  const server: Socket = connect(address)
  server.once('connect', () => {
    client.write('HTTP/1.1 200 Connection established\r\n\r\n')
    server.pipe(client).pipe(server)
  })
  server.on('error', () => client.end('HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n'))
  server.on('close', () => client.end())
  client.on('close', () => server.destroy())
}
