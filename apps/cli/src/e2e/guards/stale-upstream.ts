import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { createServer } from 'node:net'
import { completion } from './recording-upstream.ts'

const answer = completion()
const head = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${answer.length}\r\nConnection: keep-alive\r\n\r\n`

const notFound = 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n'

/** How a connection ends when it is used again. */
const endings: readonly ((socket: Socket) => void)[] = [
  // The next request meets a reset, or an end, after its first byte arrived.
  (socket) => socket.once('data', () => socket.resetAndDestroy()),
  (socket) => socket.once('data', () => socket.destroy()),
  // The end races with the next request.
  (socket) => setImmediate(() => socket.end()),
  (socket) => setTimeout(() => socket.destroy(), 2),
  (socket) => setTimeout(() => socket.resetAndDestroy(), 4),
]

/** A model server that answers one call per connection, promises to keep it open, and ends it at the worst time. */
export async function startStaleUpstream() {
  const seen = new Map<string, number>()
  let reused = 0
  let connections = 0
  const server = createServer((socket) => {
    const end = endings[connections++ % endings.length]
    let text = ''
    let answered = false
    socket.on('error', () => {}).setEncoding('latin1')
    socket.on('data', (piece) => {
      if (answered) reused++
      text += piece
      const marker = /round-\d+-/.exec(text)?.[0]
      if (marker === undefined) {
        if (text.startsWith('GET')) socket.end(notFound)
        return
      }
      seen.set(marker, (seen.get(marker) ?? 0) + 1)
      text = ''
      if (!answered) socket.write(head + answer, () => end?.(socket))
      answered = true
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    /** How often each call arrived, by its marker. */
    seen,
    /** Calls that began on a connection that was used before. */
    reused: () => reused,
    close: () => server.close(),
  }
}
