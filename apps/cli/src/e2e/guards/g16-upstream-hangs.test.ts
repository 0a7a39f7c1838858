import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { connect } from 'node:net'
import { afterAll, describe, expect, it } from 'vitest'
import { chat, codeOf, parseAnswer, startBench } from './bench.ts'
import { chunk } from './recording-upstream.ts'

const timeouts = 'timeouts: {connect_ms: 400, first_byte_ms: 400, idle_ms: 600}'
const bench = await startBench({ target: timeouts })
afterAll(() => bench.stop())

async function upstreamClosed(): Promise<void> {
  await expect.poll(() => bench.upstream.sockets.size).toBe(0)
}

describe('G16: an upstream that hangs', () => {
  it('G16: before its head: 504, and its connection is closed', async () => {
    bench.upstream.answer = () => {}
    const answer = await bench.ask(chat('x'))
    expect({ status: parseAnswer(answer).status, code: codeOf(answer) }).toEqual({
      status: 504,
      code: 'upstream_timeout',
    })
    await upstreamClosed()
  })

  it('G16: in the middle of a plain answer: 504, and its connection is closed', async () => {
    bench.upstream.answer = (response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"id":"c1",')
    }
    const answer = await bench.ask(chat('x'))
    expect({ status: parseAnswer(answer).status, code: codeOf(answer) }).toEqual({
      status: 504,
      code: 'upstream_timeout',
    })
    await upstreamClosed()
  })

  it('G16: in the middle of a stream: an error event, a broken stream, and its connection is closed', async () => {
    bench.upstream.answer = (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(chunk('Hel'))
    }
    const answer = await bench.ask(chat('x', { stream: true }))
    expect(answer).toContain('"content":"Hel"')
    expect(answer).toContain('"code":"upstream_timeout"')
    expect(answer).not.toContain('[DONE]')
    expect(answer).not.toMatch(/\r\n0\r\n\r\n$/)
    await upstreamClosed()
    const aborted = (await bench.events()).filter((event) => event['type'] === 'request.aborted')
    expect(aborted.map((event) => event['reason'])).toEqual(['upstream_idle_timeout'])
  })

  it.runIf(process.platform === 'linux')('G16: before it accepts the connection: 504', async () => {
    const { port, release } = await startFullListener()
    const other = await startBench({ target: timeouts, baseUrl: `http://127.0.0.1:${port}/v1` })
    const answer = await other.ask(chat('x'))
    await other.stop()
    release()
    expect({ status: parseAnswer(answer).status, code: codeOf(answer) }).toEqual({
      status: 504,
      code: 'upstream_timeout',
    })
  })
})

/** A listener that accepts nothing and whose queue is full: the kernel leaves further connections unanswered. */
async function startFullListener() {
  const script = `const server = require('net').createServer().listen({port: 0, host: '127.0.0.1', backlog: 1}, () => {
    require('fs').writeSync(1, String(server.address().port))
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  })`
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [printed] = await once(child.stdout, 'data')
  const port = Number(String(printed))
  const waiting: Socket[] = []
  for (let full = false; !full && waiting.length < 20; ) {
    const socket = connect(port, '127.0.0.1').on('error', () => {})
    waiting.push(socket)
    full = await Promise.race([
      once(socket, 'connect').then(() => false),
      new Promise<boolean>((resolve) => setTimeout(resolve, 500, true)),
    ])
  }
  const release = (): void => {
    for (const socket of waiting) socket.destroy()
    child.kill('SIGKILL')
  }
  return { port, release }
}
