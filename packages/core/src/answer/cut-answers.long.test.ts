import fc from 'fast-check'
import { expect, it } from 'vitest'
import { engineFor } from './fixtures/cut-answers.ts'
import {
  blocksAlike,
  redact,
  redactsAlike,
  restoresAlike,
  Tally,
} from './fixtures/cut-properties.ts'

const numRuns = 10_000
const timeout = 900_000

it('an answer is redacted like the whole one, wherever it is cut', { timeout }, async () => {
  const seen = new Tally()
  const engine = engineFor(redact)
  await fc.assert(await redactsAlike(engine, engine, seen), { numRuns })
  expect(seen.answers).toBeGreaterThanOrEqual(numRuns)
  seen.expectTelling()
})

it('an answer is blocked like the whole one, wherever it is cut', { timeout }, async () => {
  const seen = new Tally()
  await fc.assert(await blocksAlike(seen), { numRuns })
  expect(seen.answers).toBeGreaterThanOrEqual(numRuns)
  seen.expectTelling()
})

it('an answer gives the caller their own values back, wherever it is cut', {
  timeout,
}, async () => {
  const seen = new Tally()
  await fc.assert(await restoresAlike(seen), { numRuns })
  expect(seen.answers).toBeGreaterThanOrEqual(numRuns)
  seen.expectTelling()
})
