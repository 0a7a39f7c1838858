import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { connect, createServer } from 'node:net'
import type { RunningServer } from './http-server.ts'

export interface FaultProxyOptions {
  /** Port on loopback to pass connections on to. */
  readonly target: number
  /** Waits before each piece of the answer. */
  readonly delayMs?: number
  /** Ends the connection after so many bytes of answers. */
  readonly cutAfterBytes?: number
  /** Cuts with RST in place of FIN. */
  readonly reset?: boolean
}

/** A TCP proxy on loopback that delays or cuts what comes back. */
export async function startFaultProxy(options: FaultProxyOptions): Promise<RunningServer> {
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(options.target, '127.0.0.1')
    sockets.add(client).add(upstream)
    client.pipe(upstream)
    relay(upstream, client, options)
    for (const socket of [client, upstream]) {
      socket.on('error', () => {})
      socket.on('close', () => {
        client.destroy()
        upstream.destroy()
      })
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

function relay(
  from: Socket,
  to: Socket,
  { delayMs = 0, cutAfterBytes, reset }: FaultProxyOptions,
): void {
  let left = cutAfterBytes ?? Number.POSITIVE_INFINITY
  from.on('data', (data) => {
    from.pause()
    setTimeout(() => {
      to.write(data.subarray(0, Math.min(data.length, left)))
      left -= data.length
      if (left > 0) from.resume()
      else if (reset) to.resetAndDestroy()
      else to.end()
    }, delayMs)
  })
  from.on('end', () => to.end())
}
