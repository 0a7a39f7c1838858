import fc from 'fast-check'
import { expect, it } from 'vitest'
import { History, happening } from '../fixtures/history.ts'

it('10,000 states of 400 honest histories raise no alarm', () => {
  fc.assert(
    fc.property(fc.array(happening, { minLength: 25, maxLength: 25 }), (events) => {
      const history = new History()
      try {
        for (const event of events) {
          const { integrity, completeness } = history.live(event)
          expect([...integrity.findings, ...completeness.findings]).toEqual([])
        }
      } finally {
        history.remove()
      }
    }),
    { numRuns: 400 },
  )
}, 3_600_000)
