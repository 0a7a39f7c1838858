import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { happening, History } from '../fixtures/history.ts'

describe('honest logs', () => {
  it('raise no alarm, whatever happens to them: 10,000 states of 400 histories', () => {
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
  })
})
