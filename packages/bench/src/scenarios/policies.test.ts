import { builtinPolicies } from '@keeptrusts/core'
import { expect, test } from 'vitest'
import { costTexts, repeatTo } from '../eval/cost/cost-texts.ts'
import { ask, engineWith } from './policies.ts'

test.each(builtinPolicies.map(({ kind }) => kind))(
  '%s has options with which it runs alone and lets ordinary text pass',
  async (kind) => {
    const engine = engineWith([kind])
    expect(engine.policies.map((policy) => policy.kind)).toEqual([kind])
    await ask(engine, repeatTo(costTexts.ordinary, 1024))
  },
)
