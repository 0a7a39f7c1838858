import { afterAll, describe, expect, it } from 'vitest'
import { chat, codeOf, parseAnswer, request, startBench } from './bench.ts'

const bench = await startBench()
afterAll(() => bench.stop())

const headers = (count: number): string =>
  Array.from({ length: count }, (_, at) => `X-${at}: v\r\n`).join('')

async function expectRefused(answer: string): Promise<void> {
  expect(answer).toMatch(
    /^HTTP\/1\.1 431 Request Header Fields Too Large\r\n(?:.+\r\n)*connection: close\r\n/i,
  )
  expect(codeOf(answer)).toBe('headers_too_large')
  expect(bench.upstream.calls).toHaveLength(0)
}

describe('G4: many and large headers', () => {
  // Host, Content-Type, Content-Length and Connection are among the hundred.
  it.each([97, 1200, 2500])(
    'G4: 4 + %i headers: 431, and none is dropped silently',
    async (count) => {
      await expectRefused(await bench.ask(chat('hello'), headers(count)))
    },
  )

  it('G4: one header of 17 KiB, and many that make 17 KiB: 431', async () => {
    await expectRefused(await bench.ask(chat('hello'), `X: ${'a'.repeat(17 * 1024)}\r\n`))
    const many = Array.from({ length: 40 }, (_, at) => `X-${at}: ${'a'.repeat(425)}\r\n`).join('')
    await expectRefused(await bench.ask(chat('hello'), many))
  })

  it('G4: an endless header is cut off', async () => {
    const connection = bench.connect()
    connection.socket.write('GET /health HTTP/1.1\r\nHost: kt\r\nX: ')
    const timer = setInterval(() => connection.socket.write('a'.repeat(4096)), 1)
    await connection.closed
    clearInterval(timer)
    expect(connection.text()).toContain(' 431 ')
  })

  it('G4: a trailer of 40 KiB is refused, and nothing is forwarded', async () => {
    const body = chat('hello')
    const head =
      'POST /v1/chat/completions HTTP/1.1\r\nHost: kt\r\nTransfer-Encoding: chunked\r\n\r\n'
    const chunks = `${body.length.toString(16)}\r\n${body}\r\n0\r\nX: ${'a'.repeat(40 * 1024)}\r\n\r\n`
    expect(parseAnswer(await bench.send(head + chunks)).status).toBe(431)
    expect(bench.upstream.calls).toHaveLength(0)
  })

  it('G4: a hundred headers with an Authorization at the end reach the gateway whole', async () => {
    const last = 'Authorization: Bearer kt_gk_unknown\r\n'
    const answer = await bench.send(
      request(chat('hi'), `${headers(95)}Connection: close\r\n${last}`.replace('X-0: v\r\n', '')),
    )
    // A key with our prefix is checked, so that a lost header would show as 200.
    expect(parseAnswer(answer).status).toBe(401)
  })
})
