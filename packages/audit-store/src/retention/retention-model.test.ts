import fc from 'fast-check'
import { expect, it, onTestFinished } from 'vitest'
import { RetentionLog } from '../fixtures/retention-log.ts'
import { temporaryLog } from '../fixtures/temporary-log.ts'
import { addHold, removeHold } from '../tasks/hold.ts'
import { verifyLog } from '../verify/verify-log.ts'
import { dayMs } from './day.ts'

const actor = { os_user: 'root', operator: null }

/** What happens to a log, with what it needs to know. */
type Deed =
  | { readonly kind: 'calls'; readonly count: number }
  | { readonly kind: 'start'; readonly days: number }
  | { readonly kind: 'wait'; readonly days: number }
  | { readonly kind: 'hold'; readonly back: number }
  | { readonly kind: 'release' }
  | { readonly kind: 'restart' }

const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('calls'), count: fc.integer({ min: 1, max: 1500 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('wait'), days: fc.integer({ min: 1, max: 12 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('start'), days: fc.integer({ min: 1, max: 20 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('hold'), back: fc.integer({ min: 0, max: 3000 }) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'release' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'restart' as const }) },
) as fc.Arbitrary<Deed>

/** The same log as a list of times and settings, from which what may go is counted anew each time. */
class Model {
  readonly times: number[] = []
  readonly starts: { readonly seq: number; readonly days: number }[] = []
  readonly holds: { readonly hold: string; readonly from: number }[] = []

  /** Days that an event is kept: the most of all settings since it was written. */
  days(seq: number): number {
    const own = this.starts.findLast((start) => start.seq <= seq) ?? this.starts[0]
    const later = this.starts.filter((start) => start.seq > seq)
    return Math.max(Number(own?.days), ...later.map(({ days }) => days))
  }

  isDue(seq: number, now: number): boolean {
    return now - (this.times[seq] ?? Number.NaN) >= this.days(seq) * dayMs
  }

  /** Where a log that was pruned at `now` begins. */
  first(now: number): number {
    const young = this.times.findIndex((_, seq) => !this.isDue(seq, now))
    const limits = [young === -1 ? this.times.length : young, ...this.holds.map(({ from }) => from)]
    return Math.floor(Math.min(...limits) / 1024) * 1024
  }
}

function run(log: RetentionLog, model: Model, what: Deed): void {
  if (what.kind === 'calls') log.calls(what.count)
  else if (what.kind === 'start') {
    model.starts.push({ seq: log.size, days: what.days })
    log.start(what.days)
  } else if (what.kind === 'wait') {
    // A gateway that runs: it has something to record each day, and the clock is not suspect.
    for (let day = 0; day < what.days; day += 1) {
      log.wait(1)
      log.calls(1)
      follow(log, model)
    }
  } else if (what.kind === 'restart') log.reopen()
  else if (what.kind === 'hold') {
    const from_seq = Math.max(0, log.size - what.back)
    const added = addHold(log.writer, {
      kind: 'add-hold',
      from_seq,
      reason: 'r',
      actor,
      now: log.now,
    })
    model.holds.push({ hold: added.hold, from: added.from_seq })
  } else {
    const hold = model.holds.pop()?.hold
    if (hold) removeHold(log.writer, { kind: 'remove-hold', hold, actor, now: log.now })
  }
  follow(log, model)
}

/** Tells the model when the events since came. */
function follow(log: RetentionLog, model: Model): void {
  const rows = log.writer.database
    .prepare('SELECT ts FROM events WHERE seq >= ? ORDER BY seq')
    .pluck()
    .all(model.times.length) as number[]
  model.times.push(...rows)
}

it('deletes nothing that is too young and leaves nothing that is old enough', () => {
  const isLong = process.env['KEEPTRUSTS_SOAK'] === '1'
  fc.assert(
    fc.property(fc.array(deed, { minLength: 5, maxLength: 14 }), (deeds) => {
      const log = new RetentionLog(temporaryLog(onTestFinished), Date.UTC(2026, 0, 1))
      try {
        const model = new Model()
        run(log, model, { kind: 'start', days: 5 })
        let first = 0
        for (const what of deeds) {
          run(log, model, what)
          const expected = Math.max(first, model.first(log.now))
          expect(log.prune()).toEqual({ state: 'idle', first: expected })
          follow(log, model)
          first = expected
        }
        const { integrity } = verifyLog({ dir: log.place.dir, now: () => log.now })
        expect(integrity.findings).toEqual([])
      } finally {
        log.close()
      }
    }),
    isLong ? { numRuns: 500 } : { numRuns: 15, seed: 5 },
  )
}, 600_000)
