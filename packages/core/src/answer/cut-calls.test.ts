import fc from 'fast-check'
import { expect, it } from 'vitest'
import { engineThat, judgesAlike, refusesBad } from './fixtures/cut-calls.ts'

// More in cut-calls.long.test.ts.
it('calls in a stream are judged like those of the whole answer, wherever they are cut', async () => {
  const engine = engineThat(refusesBad)
  await fc.assert(judgesAlike(engine, engine), { numRuns: 400 })
})

it('the property fails for a policy that looks at the first choice only', async () => {
  const broken = engineThat((call) => call.address.startsWith('choices[0]') && refusesBad(call))
  const property = judgesAlike(engineThat(refusesBad), broken)
  expect((await fc.check(property, { numRuns: 400 })).failed).toBe(true)
})
