import type { Bench, RawConnection } from './bench.ts'
import { chat, request } from './bench.ts'
import { chunk } from './recording-upstream.ts'

/** Lets the upstream stream for ever, as fast as it may, and opens `count` clients that read nothing. */
export function openStuckReaders(bench: Bench, count: number): readonly RawConnection[] {
  const piece = chunk('a'.repeat(10_000))
  bench.upstream.answer = (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const pump = (): void => {
      while (!response.destroyed && response.write(piece));
    }
    response.on('drain', pump)
    pump()
  }
  return Array.from({ length: count }, (_, at) => {
    const connection = bench.connect()
    connection.socket.pause()
    connection.socket.write(request(chat(`reader ${at}`, { stream: true })))
    return connection
  })
}

/** Bytes that the upstream could send so far. */
export function sentBytes({ upstream }: Bench): number {
  return [...upstream.sockets].reduce((sum, socket) => sum + socket.bytesWritten, 0)
}
