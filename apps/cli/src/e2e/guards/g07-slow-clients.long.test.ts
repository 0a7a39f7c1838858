import { afterAll, describe, expect, it } from 'vitest'
import { codeOf, parseAnswer, postHead, startBench } from './bench.ts'

const bench = await startBench()
afterAll(() => bench.stop())

/** Writes `piece` once a second until the connection ends; gives what came, and after how many milliseconds. */
async function drip(start: string, piece: string) {
  const begun = performance.now()
  const connection = bench.connect()
  connection.socket.write(start)
  const timer = setInterval(() => connection.socket.write(piece), 1000)
  await connection.closed
  clearInterval(timer)
  return { answer: connection.text(), after: performance.now() - begun }
}

describe('G7: slow clients', () => {
  it.each([
    ['a head that never ends', `${postHead}X: `, 'a'],
    ['a body that says nothing', `${postHead}Content-Length: 1000\r\n\r\n`, ''],
    ['a body of ten bytes a second', `${postHead}Content-Length: 1000\r\n\r\n{"a":"`, 'aaaaaaaaaa'],
    [
      'a chunk of ten bytes a second',
      `${postHead}Transfer-Encoding: chunked\r\n\r\n`,
      '4\r\naaaa\r\n',
    ],
  ])('G7: %s gets 408 after ten seconds, and is closed', async (_name, start, piece) => {
    const { answer, after } = await drip(start, piece)
    expect(parseAnswer(answer).status).toBe(408)
    expect(answer).toMatch(/connection: close/i)
    expect(codeOf(answer)).toBe('request_timeout')
    expect(after).toBeGreaterThan(9000)
    expect(after).toBeLessThan(50_000)
    expect(bench.upstream.calls).toHaveLength(0)
  })
})
