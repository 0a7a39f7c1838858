import fc from 'fast-check'
import { expect, it } from 'vitest'
import { History, happening } from '../fixtures/history.ts'

/** 10,000 states in `npm run test:soak`. */
const histories = process.env['KEEPTRUSTS_SOAK'] ? 400 : 60

it(`${histories * 25} states of ${histories} honest histories raise no alarm`, () => {
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
    { numRuns: histories },
  )
}, 3_600_000)
