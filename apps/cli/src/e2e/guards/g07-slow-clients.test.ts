import { afterAll, describe, expect, it } from 'vitest'
import { chat, parseAnswer, postHead, startBench } from './bench.ts'

const bench = await startBench()
afterAll(() => bench.stop())

describe('G7: slow clients', () => {
  it('G7: five hundred half-sent requests do not keep a whole one waiting', async () => {
    const starts = ['GET /hea', `${postHead}X: `, `${postHead}Content-Length: 100\r\n\r\n{"mod`]
    const slow = Array.from({ length: 500 }, (_, at) => {
      const connection = bench.connect()
      connection.socket.write(starts[at % starts.length] ?? '')
      return connection
    })
    expect(parseAnswer(await bench.ask(chat('hello'))).status).toBe(200)
    // It overtook them all: had it waited for one, that one would have its 408 by now.
    expect(slow.every((connection) => connection.text() === '')).toBe(true)
    expect(slow.every(({ socket }) => !socket.destroyed)).toBe(true)
    for (const { socket } of slow) socket.destroy()
    // What was never whole was never forwarded.
    expect(bench.upstream.calls).toHaveLength(1)
  })
})
