import { describe, expect, test } from 'vitest'
import { ask, bomb, say, secret } from '../fixtures/test-calls.ts'
import { chainOf, policyOf } from '../fixtures/test-chain.ts'
import { createEngine } from './create-engine.ts'
import type { Evaluation } from './engine.ts'

/** Works for about `ms`, without a break. */
function work(ms: number): void {
  const until = performance.now() + ms
  while (performance.now() < until);
}

const busy = policyOf({
  inspect() {
    work(20)
    return []
  },
})

describe('what an evaluation took', () => {
  test('is told for each side, at least what the policies took, whatever the outcome', async () => {
    const told: Evaluation[] = []
    const options = { onEvaluated: (evaluation: Evaluation) => told.push(evaluation) }
    const request = await ask(chainOf(busy, secret), 'a secret', options)
    if (request.outcome === 'block') throw new Error('not expected')
    const answer = await request.evaluateResponse({ messages: [say('fine')] })
    expect((await ask(chainOf(busy, bomb), 'a bomb', options)).outcome).toBe('block')
    expect(told.map(({ direction }) => direction)).toEqual(['request', 'response', 'request'])
    const ofPolicies = request.policies.reduce((sum, { duration_us }) => sum + duration_us, 0)
    // Each figure is rounded by itself.
    expect(told[0]?.duration_us).toBeGreaterThanOrEqual(ofPolicies - 3)
    expect(told[1]?.duration_us).toBeGreaterThanOrEqual(answer.policies[0]?.duration_us ?? 0)
    expect(told.map(({ waited_us }) => waited_us)).toEqual([0, 0, 0])
  })

  test('leaves out what was waited for elsewhere, and tells that by itself', async () => {
    const told: Evaluation[] = []
    const asking = policyOf({
      inspect: () => [],
      consult: async (texts) => {
        await new Promise((resolve) => setTimeout(resolve, 150))
        return texts.map(() => [])
      },
    })
    const config = chainOf(busy, asking)
    const engine = createEngine(config, { onEvaluated: (evaluation) => told.push(evaluation) })
    const started = performance.now()
    await engine.evaluateRequest({ messages: [say('x')] })
    const total = (performance.now() - started) * 1000
    const { duration_us, waited_us } = told[0] ?? { duration_us: 0, waited_us: 0 }
    expect(waited_us).toBeGreaterThan(duration_us)
    expect(duration_us).toBeGreaterThan(0)
    expect(duration_us + waited_us).toBeLessThanOrEqual(total + 2)
  })
})
