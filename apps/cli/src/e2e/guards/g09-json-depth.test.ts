import { afterAll, describe, expect, it } from 'vitest'
import { chat, codeOf, parseAnswer, startBench } from './bench.ts'

const bench = await startBench()
afterAll(() => bench.stop())

/** A chat body with a value in it that stands two levels deep. */
const holding = (value: string): string => chat('x').replace(/}$/, `,"metadata":{"v":${value}}}`)
const nested = (levels: number, open = '[', close = ']'): string =>
  open.repeat(levels) + close.repeat(levels)

/** Far above what is normal, far below what a quadratic reader takes. */
const bound = 5000

async function refusal(body: string) {
  const begun = performance.now()
  const answer = await bench.ask(body)
  expect(performance.now() - begun).toBeLessThan(bound)
  return { status: parseAnswer(answer).status, code: codeOf(answer) }
}

describe('G9: deep and large JSON', () => {
  it.each([
    ['a million levels of lists', nested(1_000_000)],
    ['a million levels that never close', '['.repeat(1_000_000)],
    ['a million levels of objects', nested(1_000_000, '{"a":', '}').replace(':}', ':1}')],
    ['65 levels', nested(63)],
    ['three million values', `[${'1,'.repeat(3_000_000)}1]`],
    ['three million empty lists', `[${'[],'.repeat(3_000_000)}1]`],
    [
      'a million keys that differ and one that does not',
      `{${Array.from({ length: 400_000 }, (_, at) => `"${at}":1`).join()},"7":2}`,
    ],
  ])('G9: %s: 400 in linear time', async (_name, value) => {
    const { status, code } = await refusal(holding(value))
    expect({ status, known: code === 'invalid_json' || code === 'duplicate_key' }).toEqual({
      status: 400,
      known: true,
    })
    expect(bench.upstream.calls).toHaveLength(0)
  })

  it('G9: 64 levels and six megabytes of values are taken', async () => {
    for (const value of [nested(62), `[${'100000,'.repeat(850_000)}1]`]) {
      const body = holding(value)
      expect(parseAnswer(await bench.ask(body)).status).toBe(200)
      expect(bench.upstream.calls.at(-1)?.body.equals(Buffer.from(body))).toBe(true)
    }
  })
})
