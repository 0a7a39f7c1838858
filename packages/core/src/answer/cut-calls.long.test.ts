import fc from 'fast-check'
import { it } from 'vitest'
import { engineThat, judgesAlike, refusesBad } from './fixtures/cut-calls.ts'

it('calls in a stream are judged like those of the whole answer, wherever they are cut', {
  timeout: 900_000,
}, async () => {
  const engine = engineThat(refusesBad)
  await fc.assert(judgesAlike(engine, engine), { numRuns: 10_000 })
})
