import { Buffer } from 'node:buffer'
import type { RequestListener, Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { createServer as createTcpServer } from 'node:net'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { Cancellation } from '../call/cancellation.ts'
import { gatherBody } from './gather-body.ts'
import type { UpstreamRequest } from './transport.ts'
import { TransportError } from './transport-error.ts'
import { createUndiciTransport } from './undici-transport.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  return open(server)
}

async function serveRaw(onSocket: (socket: Socket) => void): Promise<string> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {})
    onSocket(socket)
  })
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => sockets.add(socket))
  cleanups.push(() => [...sockets].map((socket) => socket.destroy()))
  return open(server as unknown as Server)
}

async function open(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanups.push(() => {
    server.close()
    server.closeAllConnections?.()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function transport() {
  const made = createUndiciTransport()
  cleanups.push(() => made.close())
  return made
}

function request(url: string, over: Partial<UpstreamRequest> = {}): UpstreamRequest {
  return {
    method: 'POST',
    url: new URL(url),
    headers: { 'content-type': 'application/json' },
    body: '{}',
    timeouts: { connect_ms: 60_000, first_byte_ms: 60_000, idle_ms: 60_000 },
    maxBodyBytes: 1_000_000,
    cancellation: new Cancellation(),
    ...over,
  }
}

async function problemOf(work: Promise<unknown>): Promise<{ problem: string; sent: boolean }> {
  const error: unknown = await work.then(
    () => new Error('nothing was thrown'),
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof TransportError)) throw error
  return { problem: error.problem, sent: error.sent }
}

describe('the undici transport', () => {
  it('sends exactly the headers it is given and what HTTP needs', async () => {
    let seen: string[] = []
    const url = await serve((req, res) => {
      seen = req.rawHeaders.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase())
      res.end('{}')
    })
    const response = await transport().send(request(url))
    expect((await gatherBody(response.body)).toString()).toBe('{}')
    expect(seen.sort()).toEqual(['connection', 'content-length', 'content-type', 'host'])
  })

  it('knows that nothing was sent when the port is closed', async () => {
    const sent = transport().send(request('http://127.0.0.1:9'))
    expect(await problemOf(sent)).toEqual({ problem: 'unreachable', sent: false })
  })

  it('refuses metadata addresses, also as an IPv4-mapped literal, without a connection', async () => {
    for (const host of ['169.254.169.254', '[::ffff:169.254.169.254]', '[fd00:ec2::254]']) {
      const sent = transport().send(request(`http://${host}/`))
      expect(await problemOf(sent)).toEqual({ problem: 'refused_address', sent: false })
    }
  })

  it('gives up when no answer begins in time', async () => {
    let closed = false
    const url = await serve((req) => req.socket.on('close', () => (closed = true)))
    // Both waits count until an answer begins; the first is long enough for a busy machine to connect.
    const timeouts = { connect_ms: 3000, first_byte_ms: 100, idle_ms: 60_000 }
    const sent = transport().send(request(url, { timeouts }))
    expect(await problemOf(sent)).toEqual({ problem: 'first_byte_timeout', sent: true })
    await expect.poll(() => closed).toBe(true)
  })

  it('gives up when an answer stops in the middle', async () => {
    const url = await serve((_req, res) => res.write('part'))
    const timeouts = { connect_ms: 60_000, first_byte_ms: 60_000, idle_ms: 200 }
    const response = await transport().send(request(url, { timeouts }))
    expect(await problemOf(gatherBody(response.body))).toEqual({
      problem: 'idle_timeout',
      sent: true,
    })
  })

  it('throws when the connection breaks in mid-answer, and for what is not HTTP', async () => {
    let breakOff = (): void => {}
    const broken = await serve((_req, res) => {
      res.write('part')
      breakOff = () => void res.destroy()
    })
    const response = await transport().send(request(broken))
    breakOff()
    expect((await problemOf(gatherBody(response.body))).problem).toBe('reset')
    const garbage = await serveRaw((socket) => {
      socket.once('data', () => socket.end('hello there\r\n\r\n'))
    })
    expect((await problemOf(transport().send(request(garbage)))).problem).toBe('malformed')
  })

  it('cancels before and after the head', async () => {
    let closes = 0
    let arrived = 0
    const url = await serve((req, res) => {
      arrived += 1
      req.socket.on('close', () => (closes += 1))
      if (req.url === '/stream') res.write('part')
    })
    const before = new Cancellation()
    const waiting = problemOf(transport().send(request(url, { cancellation: before })))
    await expect.poll(() => arrived).toBe(1)
    before.cancel('client_disconnected')
    expect(await waiting).toEqual({ problem: 'cancelled', sent: true })
    const after = new Cancellation()
    const response = await transport().send(request(`${url}/stream`, { cancellation: after }))
    const reading = problemOf(gatherBody(response.body))
    after.cancel('client_disconnected')
    expect((await reading).problem).toBe('cancelled')
    await expect.poll(() => closes).toBe(2)
  })

  it('sends nothing for a call that is cancelled before its connection is there', async () => {
    let requests = 0
    const url = await serve((_req, res) => {
      requests += 1
      res.end('{}')
    })
    const cancellation = new Cancellation()
    const sent = problemOf(transport().send(request(url, { cancellation })))
    cancellation.cancel('client_disconnected')
    expect(await sent).toEqual({ problem: 'cancelled', sent: false })
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(requests).toBe(0)
  })

  it('decodes what a server encodes all the same', async () => {
    const text = 'ä'.repeat(50_000)
    const encoders = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync }
    for (const [encoding, encode] of Object.entries(encoders)) {
      const url = await serve((_req, res) => {
        res.setHeader('content-encoding', encoding)
        res.end(encode(Buffer.from(text)))
      })
      const response = await transport().send(request(url))
      expect((await gatherBody(response.body)).toString()).toBe(text)
    }
  })

  it('bounds the size of plain, encoded and endless bodies', async () => {
    const bomb = gzipSync(Buffer.alloc(5_000_000))
    const plain = await serve((_req, res) => res.end(Buffer.alloc(2_000_000)))
    const encoded = await serve((_req, res) => {
      res.setHeader('content-encoding', 'gzip')
      res.end(bomb)
    })
    for (const url of [plain, encoded]) {
      const response = await transport().send(request(url))
      expect((await problemOf(gatherBody(response.body))).problem).toBe('too_large')
    }
  })

  it('reports an encoding that it does not know, and encoded bytes that are broken', async () => {
    let open = 0
    const endless = async () => {
      const url = await serve((req, res) => {
        open += 1
        req.socket.on('close', () => (open -= 1))
        res.setHeader('content-encoding', 'zstd')
        res.write(Buffer.alloc(1_000_000))
      })
      return transport().send(request(url))
    }
    for (const encoding of ['zstd', 'gzip']) {
      const url = await serve((_req, res) => {
        res.setHeader('content-encoding', encoding)
        res.end('not encoded')
      })
      const response = await transport().send(request(url))
      expect((await problemOf(gatherBody(response.body))).problem).toBe('malformed')
    }
    expect((await problemOf(gatherBody((await endless()).body))).problem).toBe('malformed')
    await expect.poll(() => open).toBe(0)
  })

  it('does not follow redirects', async () => {
    let followed = false
    const url = await serve((req, res) => {
      followed ||= req.url === '/elsewhere'
      res.writeHead(302, { location: '/elsewhere' }).end()
    })
    expect((await transport().send(request(url))).status).toBe(302)
    expect(followed).toBe(false)
  })

  it('lets a slow reader slow the server down', async () => {
    let written = 0
    const url = await serve((_req, res) => {
      const chunk = Buffer.alloc(64 * 1024)
      const fill = (): void => {
        while (written < 200_000_000 && res.write(chunk)) written += chunk.length
        res.once('drain', fill)
      }
      fill()
    })
    const response = await transport().send(request(url, { maxBodyBytes: 300_000_000 }))
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(written).toBeLessThan(50_000_000)
    for await (const _ of response.body) break
  })
})
