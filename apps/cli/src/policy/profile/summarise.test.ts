import { describe, expect, it } from 'vitest'
import type { Sample, Samples } from './measure-chain.ts'
import type { Subject } from './subject.ts'
import { slowFrom, summariseGroup } from './summarise.ts'

const samples = (length: number, request: readonly Sample[], refusing: string[] = []): Samples => {
  const text = 'x'.repeat(length)
  const subject = { request: text, answer: text, model: undefined, refusing } as unknown as Subject
  return { subject, request: [...request], answer: [...request] }
}
const sample = (whole: number, ...policies: (number | string)[]): Sample => ({
  ...{ whole, policies, waited: 0 },
})

describe('the summary of a group', () => {
  it('has medians over all prompts, the time per KB, and shares that sum up', () => {
    const group = summariseGroup(
      'g',
      ['a', 'b', 'c'],
      [
        samples(1000, [sample(100, 60, 30, 'no_sink'), sample(120, 70, 40, 'no_sink')]),
        samples(3000, [sample(500, 300, 100, 'no_sink'), sample(900, 310, 110, 'no_sink')], ['a']),
      ],
    )
    expect(group).toMatchObject({ prompts: 2, refused: new Map([['a', 1]]) })
    const { policies, shared, whole, bytes, waited } = group.request
    expect({ bytes, waited }).toEqual({ bytes: 4000, waited: null })
    // Per prompt the medians are 60 and 300; by nearest rank the middle of 60, 70, 300, 310 is 70.
    expect(policies[0]).toMatchObject({ figures: { p50: 70, p99: 310, max: 310, perKb: 90 } })
    expect(policies[2]).toEqual({ kind: 'c', figures: null, idle: 'no_sink' })
    expect(whole).toMatchObject({ p50: 120, max: 900, share: 1 })
    const shares = [...policies.map(({ figures }) => figures?.share ?? 0), shared.share]
    expect(shares.reduce((sum, share) => sum + share)).toBeCloseTo(1)
  })

  it('never has less than nothing beside the policies, however the parts were rounded', () => {
    const { request } = summariseGroup('g', ['a'], [samples(10, [sample(10, 11)])])
    expect(request.shared.max).toBe(0)
  })
})

describe('the size at which a request becomes slow', () => {
  const limits = { limitMs: 8, mostBytes: 1_000_000 }

  it('counts what every request costs, when there is a small one', () => {
    const measured = [samples(1000, [sample(300)]), samples(11_000, [sample(2300)])]
    // 100 us and 0.2 us per byte: (8000 - 100) / 0.2
    expect(slowFrom(measured, limits)).toBe(39_500)
  })

  it('is in proportion when there is none, and less than measured when that was slow', () => {
    expect(slowFrom([samples(20_000, [sample(16_000)])], limits)).toBe(10_000)
  })

  it('is none beyond what is let in, for no prompts, and where size costs nothing', () => {
    expect(slowFrom([samples(1000, [sample(1)])], limits)).toBeNull()
    expect(slowFrom([], limits)).toBeNull()
    expect(slowFrom([samples(10, [sample(9)]), samples(100, [sample(9)])], limits)).toBeNull()
  })
})
