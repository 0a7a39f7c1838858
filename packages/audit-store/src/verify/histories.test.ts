import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Happening } from '../fixtures/history.ts'
import { History, happening } from '../fixtures/history.ts'
import type { Finding, VerifyReport } from './report.ts'

function alarmsOf({ integrity, completeness }: VerifyReport): readonly Finding[] {
  return [...integrity.findings, ...completeness.findings]
}

describe('honest logs', () => {
  it.each(['recorded', 'half', 'done'] as const)(
    'may be pruned more than once, the last time %s',
    (until) => {
      const history = new History()
      const calls = { kind: 'calls', count: 1500, batch: 64 } as const
      const [year, anchor, crash] = [
        { kind: 'year' },
        { kind: 'anchor' },
        { kind: 'crash' },
      ] as const
      try {
        const events: Happening[] = [
          calls,
          anchor,
          { kind: 'rotate', lost: false },
          { kind: 'content' },
          year,
          { kind: 'prune', until: 'done' },
          calls,
          { kind: 'content' },
          anchor,
          year,
          anchor,
          { kind: 'prune', until },
          crash,
          { kind: 'rotate', lost: true },
          calls,
          anchor,
        ]
        expect(events.flatMap((event) => alarmsOf(history.live(event)))).toEqual([])
      } finally {
        history.remove()
      }
    },
  )

  it('raise no alarm, whatever happens to them: 300 states of 12 histories', () => {
    fc.assert(
      fc.property(fc.array(happening, { minLength: 25, maxLength: 25 }), (events) => {
        const history = new History()
        try {
          for (const event of events) {
            expect(alarmsOf(history.live(event))).toEqual([])
          }
        } finally {
          history.remove()
        }
      }),
      { numRuns: 12 },
    )
  })
})
