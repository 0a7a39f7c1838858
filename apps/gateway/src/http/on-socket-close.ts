import type { Socket } from 'node:net'

const waiting = new WeakMap<Socket, Set<() => void>>()

/**
 * Calls `listener` when the socket closes, at once when it is closed. Returns what takes the listener away.
 * One event listener per socket, however many pipelined calls wait on it.
 */
export function onSocketClose(socket: Socket, listener: () => void): () => void {
  if (socket.destroyed) {
    listener()
    return () => {}
  }
  const listeners = waiting.get(socket) ?? watch(socket)
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function watch(socket: Socket): Set<() => void> {
  const listeners = new Set<() => void>()
  waiting.set(socket, listeners)
  socket.once('close', () => {
    for (const listener of [...listeners]) listener()
  })
  return listeners
}
