import type Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { RetentionLog } from '../fixtures/retention-log.ts'
import { temporaryLog } from '../fixtures/temporary-log.ts'
import { pruneStep } from '../tasks/prune.ts'
import { verifyLog } from '../verify/verify-log.ts'

/** Of the log below: the record, two pieces of deleting. */
const transactions = 4

function anOldLog(): RetentionLog {
  const log = new RetentionLog(temporaryLog(onTestFinished), Date.UTC(2026, 0, 1))
  onTestFinished(() => log.close())
  log.start(1)
  log.content('old key')
  log.fillTo(1500)
  log.content('old key')
  log.fillTo(2100)
  log.wait(2)
  // Newer than the pause that a start would wonder about.
  log.calls(1)
  return log
}

const integrityOf = ({ place, now }: RetentionLog) =>
  verifyLog({ dir: place.dir, now: () => now }).integrity

/** Lets `count` transactions happen, and throws inside the next: before its commit, which is then rolled back as in a crash. */
function crashAfter(database: Database.Database, count: number): void {
  const original = database.transaction.bind(database)
  let left = count
  database.transaction = ((work: () => unknown) =>
    original(() => {
      const result = work()
      left -= 1
      if (left < 0) throw new Error('crash')
      return result
    })) as typeof database.transaction
}

describe('a pruning that is cut off', () => {
  const steps = Array.from({ length: transactions }, (_, index) => index)

  it.each(steps)(
    'after %i transactions is taken up again, by the next piece or the next start',
    (count) => {
      const log = anOldLog()
      crashAfter(log.writer.database, count)
      expect(() => log.prune()).toThrow('crash')
      expect(integrityOf(log).findings).toEqual([])
      log.reopen()
      expect(integrityOf(log).findings).toEqual([])
      log.calls(10)
      expect(integrityOf(log).findings).toEqual([])
      expect(log.prune()).toMatchObject({ state: 'idle', first: 2048 })
      expect(log.events('audit.pruned')).toHaveLength(1)
      expect(integrityOf(log).findings).toEqual([])
    },
  )

  it(`has ${transactions} transactions`, () => {
    const log = anOldLog()
    crashAfter(log.writer.database, transactions)
    expect(log.prune()).toMatchObject({ state: 'idle', first: 2048 })
  })

  it('is carried through although the clock became suspect', () => {
    const log = anOldLog()
    pruneStep(log.writer, { kind: 'prune-step', now: log.now })
    log.wait(400)
    log.reopen()
    expect(log.events('audit.clock_jump')).toHaveLength(1)
    expect(log.prune()).toMatchObject({ state: 'suspended', first: 2048 })
    expect(integrityOf(log).findings).toEqual([])
  })

  it('lets events in between two pieces', () => {
    const log = anOldLog()
    const sizes: number[] = []
    for (;;) {
      const { state } = pruneStep(log.writer, { kind: 'prune-step', now: log.now })
      log.calls(1)
      sizes.push(log.size)
      expect(integrityOf(log).findings).toEqual([])
      if (state === 'idle') break
    }
    expect(sizes).toHaveLength(transactions + 1)
    expect(log.first).toBe(2048)
  })
})
