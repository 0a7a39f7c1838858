import { afterAll, describe, expect, it } from 'vitest'
import { chat, countAnswers, parseAnswer, request, startBench } from './bench.ts'

const bench = await startBench()
afterAll(() => bench.stop())

describe('G5: methods and upgrades', () => {
  it.each(['TRACE', 'PROPFIND', 'PURGE', 'LINK'])(
    'G5: %s is 405 and nothing is echoed',
    async (method) => {
      const answer = await bench.send(
        `${method} /v1/chat/completions HTTP/1.1\r\nHost: kt\r\nX-Canary: canary\r\n\r\n`,
      )
      expect(answer).toMatch(
        /^HTTP\/1\.1 405 Method Not Allowed\r\n(?:.+\r\n)*connection: close\r\n/i,
      )
      expect(answer).toMatch(/^allow: .*POST/im)
      expect(answer).not.toContain('canary')
    },
  )

  it('G5: CONNECT opens no tunnel', async () => {
    const { host } = new URL(bench.upstream.url)
    const tunnelled = request(chat('through the tunnel')).toString('latin1')
    const answer = await bench.send(`CONNECT ${host} HTTP/1.1\r\nHost: ${host}\r\n\r\n${tunnelled}`)
    expect(answer).toMatch(/^HTTP\/1\.1 405 /)
    expect(countAnswers(answer)).toBe(1)
    expect(bench.upstream.calls).toHaveLength(0)
  })

  it.each(['FOO', 'post', 'GET/', 'PRI'])('G5: the unknown method %s is 400', async (method) => {
    const answer = await bench.send(`${method} /health HTTP/1.1\r\nHost: kt\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n(?:.+\r\n)*connection: close\r\n/i)
  })

  it('G5: the preface of HTTP/2 is 400', async () => {
    const answer = await bench.send('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
    expect(parseAnswer(answer).status).toBe(400)
  })

  it.each([
    [
      'h2c',
      'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n',
    ],
    [
      'websocket',
      'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n',
    ],
  ])(
    'G5: the upgrade to %s is ignored: the call is answered in HTTP/1.1 and governed',
    async (_name, headers) => {
      const before = bench.upstream.calls.length
      const connection = bench.connect()
      connection.socket.write(request(chat('first'), headers))
      await connection.until('"total_tokens":7}}')
      expect(parseAnswer(connection.text()).status).toBe(200)
      connection.socket.write(request(chat('second'), 'Connection: close\r\n'))
      await connection.closed
      expect(countAnswers(connection.text())).toBe(2)
      expect(bench.upstream.calls).toHaveLength(before + 2)
      expect(bench.upstream.calls.at(-1)?.rawHeaders.join()).not.toMatch(
        /upgrade|settings|websocket/i,
      )
    },
  )
})
