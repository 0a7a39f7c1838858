import { afterAll, describe, expect, it } from 'vitest'
import { chat, countAnswers, request, startBench } from './bench.ts'
import { completion } from './recording-upstream.ts'

const bench = await startBench()
afterAll(() => bench.stop())

const calls = 50

describe('G6: pipelining', () => {
  it('G6: fifty calls on one connection are answered in order, each with its own answer, one record each', async () => {
    // The first ones take longest.
    bench.upstream.answer = (response, { body }) => {
      const asked = JSON.parse(body.toString()).messages[0].content as string
      const answer = completion(`answer to ${asked}`)
      const late = calls - Number(asked.slice(5))
      setTimeout(() => response.setHeader('content-type', 'application/json').end(answer), late)
    }
    const connection = bench.connect()
    const bodies = Array.from({ length: calls }, (_, at) => request(chat(`call ${at}`)))
    connection.socket.write(Buffer.concat(bodies))
    await connection.until(`answer to call ${calls - 1}"`)
    connection.socket.destroy()
    const order = [...connection.text().matchAll(/answer to call (\d+)"/g)].map((hit) =>
      Number(hit[1]),
    )
    expect(order).toEqual(Array.from({ length: calls }, (_, at) => at))
    expect(countAnswers(connection.text())).toBe(calls)

    const events = await bench.events()
    for (const type of ['request.decided', 'request.completed']) {
      const ids = events
        .filter((event) => event['type'] === type)
        .map((event) => event['request_id'])
      expect(new Set(ids).size).toBe(calls)
      expect(ids).toHaveLength(calls)
    }
    const seen = [...connection.text().matchAll(/^x-keeptrusts-request-id: (\S+)/gim)]
    expect(new Set(seen.map((hit) => hit[1])).size).toBe(calls)
  })

  it('G6: a malformed request behind a call under way is not taken for the answer to it', async () => {
    bench.upstream.answer = (response) => {
      setTimeout(
        () => response.setHeader('content-type', 'application/json').end(completion()),
        100,
      )
    }
    const bad = 'GET /health HTTP/1.1\r\nBad Header: x\r\n\r\n'
    const answer = await bench.send(Buffer.concat([request(chat('under way')), Buffer.from(bad)]))
    expect(answer).toBe('')
  })
})
