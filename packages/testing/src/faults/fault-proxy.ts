import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { connect, createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { LocalServer } from '../http/local-server.ts'

/** What happens to the bytes on their way back to the client; without settings they pass unchanged. */
export interface ProxyFaults {
  /** Milliseconds before each piece from the target is passed on. */
  readonly delayMs?: number
  /** Bytes from the target after which a connection is cut. */
  readonly cutAfterBytes?: number
  /** Whether a cut is a reset (RST) instead of an orderly end (FIN). */
  readonly rst?: boolean
}

/** Where to forward to, as `http://host:port`, and how to spoil it. */
export interface FaultProxyOptions extends ProxyFaults {
  readonly target: string
}

/** A running proxy. */
export interface FaultProxy extends LocalServer {
  /** Connections that were accepted so far. */
  connections(): number
}

/** Starts a TCP proxy on 127.0.0.1 that forwards every connection and spoils the answers. */
export async function startFaultProxy({
  target,
  ...faults
}: FaultProxyOptions): Promise<FaultProxy> {
  const { hostname, port: targetPort } = new URL(target)
  const open = new Set<Socket>()
  let accepted = 0
  const server = createServer((client) => {
    accepted++
    const upstream = connect(Number(targetPort), hostname)
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.on('close', () => open.delete(socket))
      // Errors are what this proxy is for; each side's end is passed to the other.
      socket.on('error', () => {})
    }
    client.pipe(upstream)
    upstream.on('close', () => client.end())
    client.on('close', () => upstream.destroy())
    passBack(upstream, client, faults).catch(() => client.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    connections: () => accepted,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      for (const socket of open) socket.destroy()
      await closed
    },
  }
}

async function passBack(
  upstream: Socket,
  client: Socket,
  { delayMs = 0, cutAfterBytes = Number.POSITIVE_INFINITY, rst = false }: ProxyFaults,
): Promise<void> {
  let left = cutAfterBytes
  for await (const piece of upstream) {
    const bytes = (piece as Buffer).subarray(0, left)
    if (delayMs > 0) await pause(delayMs)
    if (bytes.length > 0) await new Promise<void>((resolve) => client.write(bytes, () => resolve()))
    left -= bytes.length
    if (left > 0) continue
    upstream.destroy()
    if (rst) client.resetAndDestroy()
    else client.end()
    return
  }
}
