import type { Server } from 'node:https'
import type { Socket } from 'node:net'
import { GatewayError } from '../errors/gateway-error.ts'
import type { OnRejected } from './guard-server.ts'
import { refuse } from './guard-server.ts'

/** Each holds some tens of KiB until it is done; one that means it is done within a few round trips. */
export const maximalHandshakes = 512

/** What OpenSSL calls a request, or a CONNECT, where a handshake should begin. */
const plainRequest = ['ERR_SSL_HTTP_REQUEST', 'ERR_SSL_HTTPS_PROXY_REQUEST']

/** The TCP connections of a TLS server. */
export interface Handshakes {
  /** Drops connections whether or not their handshake is done: `closeAllConnections` knows only those that are. */
  dropAll(): void
}

/**
 * Bounds how many handshakes wait at once: for each more, the one that waits longest is dropped, so that a flood of stalled ones
 * pushes out itself and not those that go on. Answers plain HTTP so that its client understands.
 */
export function guardHandshakes(server: Server, onRejected: OnRejected): Handshakes {
  const open = new Set<Socket>()
  const pending = new Map<string, Socket>()
  server.on('connection', (socket: Socket) => {
    const key = keyOf(socket)
    open.add(socket)
    pending.set(key, socket)
    socket.once('close', () => {
      open.delete(socket)
      if (pending.get(key) === socket) pending.delete(key)
    })
    if (pending.size > maximalHandshakes) dropOldest(pending)
  })
  server.on('secureConnection', (socket) => pending.delete(keyOf(socket)))
  server.on('tlsClientError', (error: NodeJS.ErrnoException, socket) => {
    const plain = plainRequest.includes(error.code ?? '') ? pending.get(keyOf(socket)) : undefined
    if (plain === undefined) return
    onRejected()
    // Below TLS, which has given this connection up.
    refuse(plain, new GatewayError('https_expected'))
  })
  return {
    dropAll: () => {
      for (const socket of open) socket.destroy()
    },
  }
}

function dropOldest(pending: Map<string, Socket>): void {
  for (const [key, socket] of pending) {
    pending.delete(key)
    socket.destroy()
    return
  }
}

/** Names a connection at both of its layers. */
function keyOf({ remoteAddress, remotePort, localAddress, localPort }: Socket): string {
  return `${remoteAddress} ${remotePort} ${localAddress} ${localPort}`
}
