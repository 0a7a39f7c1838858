import { afterAll, describe, expect, it } from 'vitest'
import { chat, codeOf, parseAnswer, startBench } from './bench.ts'

const bench = await startBench()
afterAll(() => bench.stop())

/** A chat body with a value in it that stands two levels deep. */
const holding = (value: string): string => chat('x').replace(/}$/, `,"metadata":{"v":${value}}}`)
const nested = (levels: number, open = '[', close = ']'): string =>
  open.repeat(levels) + close.repeat(levels)

/** A body is ten times as large as its smaller sister: linear readers take ten times as long, quadratic ones a hundred times. */
const mostTimesLonger = 40
/** Milliseconds below which starting, sending and other work of the machine count for more than reading. */
const shortest = 25

async function timed(body: string) {
  const begun = performance.now()
  const answer = await bench.ask(body)
  const took = performance.now() - begun
  return { took, status: parseAnswer(answer).status, code: codeOf(answer) }
}

describe('G9: deep and large JSON', () => {
  it.each<[string, (count: number) => string]>([
    ['a million levels of lists', (count) => nested(count)],
    ['a million levels that never close', (count) => '['.repeat(count)],
    ['a million levels of objects', (count) => nested(count, '{"a":', '}').replace(':}', ':1}')],
    ['65 levels', () => nested(63)],
    ['three million values', (count) => `[${'1,'.repeat(3 * count)}1]`],
    ['three million empty lists', (count) => `[${'[],'.repeat(3 * count)}1]`],
    [
      'a million keys that differ and one that does not',
      (count) => `{${Array.from({ length: 0.4 * count }, (_, at) => `"${at}":1`).join()},"7":2}`,
    ],
  ])('G9: %s: 400 in linear time', async (_name, value) => {
    // Which may be taken: the limit is one of size.
    const { took: tenth } = await timed(holding(value(100_000)))
    const calls = bench.upstream.calls.length
    const { took, status, code } = await timed(holding(value(1_000_000)))
    expect({ status, known: code === 'invalid_json' || code === 'duplicate_key' }).toEqual({
      status: 400,
      known: true,
    })
    expect(took).toBeLessThan(mostTimesLonger * Math.max(tenth, shortest))
    expect(bench.upstream.calls).toHaveLength(calls)
  })

  it('G9: 64 levels and six megabytes of values are taken', async () => {
    for (const value of [nested(62), `[${'100000,'.repeat(850_000)}1]`]) {
      const body = holding(value)
      expect(parseAnswer(await bench.ask(body)).status).toBe(200)
      expect(bench.upstream.calls.at(-1)?.body.equals(Buffer.from(body))).toBe(true)
    }
  })
})
