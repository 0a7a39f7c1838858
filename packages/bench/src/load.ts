import type { Socket } from 'node:net'
import { connect } from 'node:net'
import type { Bodies } from './bodies.ts'
import { bodySource } from './bodies.ts'

/** One measurement of a server under a fixed number of connections. */
export interface LoadResult {
  readonly requests: number
  readonly failures: number
  /** The statuses of the failures. */
  readonly failedWith: readonly number[]
  readonly seconds: number
  /** Latencies in milliseconds, sorted. */
  readonly latencies: Float64Array
  /** Numbers in the header that was asked for, sorted; empty without one. */
  readonly headers: Float64Array
}

export interface LoadOptions {
  readonly port: number
  readonly path: string
  readonly bodies: Bodies
  readonly headers: Readonly<Record<string, string>>
  readonly connections: number
  readonly durationMs: number
  /** A header of the answers that holds a number, in lower case. */
  readonly header?: string
}

/**
 * Closed-loop load over keep-alive sockets on loopback: each connection sends its next request when the answer is in.
 * Reads answers by `content-length`, which is all that the measured servers send for small JSON bodies.
 */
export async function runLoad(options: LoadOptions): Promise<LoadResult> {
  const latencies: number[] = []
  const statuses = new Set<number>()
  const told: number[] = []
  let failures = 0
  const next = requestSource(options)
  const started = performance.now()
  const deadline = started + options.durationMs
  const client = async () => {
    const socket = await open(options.port)
    while (performance.now() < deadline) {
      const request = next()
      const sent = performance.now()
      const answer = await exchange(socket, request)
      const took = performance.now() - sent
      const status = statusOf(answer)
      if (status !== 200) {
        failures++
        statuses.add(status)
        continue
      }
      latencies.push(took)
      const header = options.header && headerOf(answer, options.header)
      if (header) told.push(Number(header))
    }
    socket.destroy()
  }
  await Promise.all(Array.from({ length: options.connections }, client))
  const seconds = (performance.now() - started) / 1000
  return {
    requests: latencies.length,
    failures,
    failedWith: [...statuses],
    seconds,
    latencies: Float64Array.from(latencies).sort(),
    headers: Float64Array.from(told).sort(),
  }
}

/** The bytes of one call after the other. */
function requestSource({ port, path, headers, bodies }: LoadOptions): () => Buffer {
  const own = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const head = `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\n${own.join('')}`
  const withBody = (body: string) =>
    Buffer.from(`${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
  const next = bodySource(bodies)
  if (bodies.kind !== 'same') return () => withBody(next())
  const request = withBody(next())
  return () => request
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket))
    socket.once('error', reject)
  })
}

/** The whole answer as it came. */
function exchange(socket: Socket, request: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const done = (finish: () => void) => {
      socket.off('data', onData)
      socket.off('error', onError)
      socket.off('close', onClose)
      finish()
    }
    const onData = (chunk: Buffer) => {
      answer += chunk.toString('latin1')
      if (complete(answer)) done(() => resolve(answer))
    }
    const onError = (error: Error) => done(() => reject(error))
    const onClose = () => done(() => reject(new Error('the server closed the connection')))
    socket.on('data', onData)
    socket.on('error', onError)
    socket.on('close', onClose)
    socket.write(request)
  })
}

function statusOf(answer: string): number {
  return Number(answer.slice(9, 12))
}

function headerOf(answer: string, name: string): string | undefined {
  const head = answer.slice(0, answer.indexOf('\r\n\r\n')).toLowerCase()
  const at = head.indexOf(`\r\n${name}:`)
  return at < 0
    ? undefined
    : head
        .slice(at + name.length + 3)
        .split('\r\n', 1)[0]
        ?.trim()
}

function complete(answer: string): boolean {
  const headEnd = answer.indexOf('\r\n\r\n')
  if (headEnd < 0) return false
  const head = answer.slice(0, headEnd)
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
  if (length !== undefined) return answer.length >= headEnd + 4 + Number(length)
  return answer.endsWith('0\r\n\r\n')
}
