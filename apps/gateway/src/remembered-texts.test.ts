import { afterEach, describe, expect, it } from 'vitest'
import { chatBody, endAll, post, startPair } from './fixtures/test-gateway.ts'

afterEach(endAll)

const sentence = 'The report lists growth in three regions and costs that fell a little. '

describe('a text that a caller sent before', () => {
  it('is not looked at again: the policy takes less than half of what it takes for a new one', async () => {
    const { gateway } = await startPair({ kind: 'openai' })
    const ask = async (text: string) => (await post(gateway.base, chatBody(text))).text()
    const textOf = (number: number) => `${number} ${sentence.repeat(1000)}`
    // New and known ones in turns, so that both are looked at by a machine that is equally warm.
    for (let turn = 0; turn < 10; turn += 1) {
      await ask(textOf(turn))
      await ask(textOf(0))
    }
    const took = gateway.records('request.decided').map((record) => {
      const [policy] = record['policies'] as readonly { readonly duration_us: number }[]
      return policy?.duration_us ?? 0
    })
    const middleOf = (known: boolean) => {
      const of = took.slice(2).filter((_, index) => (index % 2 === 1) === known)
      return of.sort((left, right) => left - right)[of.length >> 1] ?? Number.NaN
    }
    expect(middleOf(true)).toBeLessThan(middleOf(false) / 2)
  })
})
