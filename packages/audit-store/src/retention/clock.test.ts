import { describe, expect, it, onTestFinished } from 'vitest'
import { RetentionLog } from '../fixtures/retention-log.ts'
import { temporaryLog } from '../fixtures/temporary-log.ts'
import { confirmClock, recordClockJump } from '../tasks/clock.ts'
import { pruneByHand } from '../tasks/prune.ts'
import { clockState } from './clock-state.ts'
import { dayMs } from './day.ts'

const actor = { os_user: 'root', operator: null }
const hourMs = 3_600_000
const tenYears = 3652 * dayMs

function newLog(days = 30): RetentionLog {
  const log = new RetentionLog(temporaryLog(onTestFinished), Date.UTC(2026, 0, 1))
  onTestFinished(() => log.close())
  log.start(days)
  log.fillTo(1100)
  return log
}

/** Sets the clock of a running gateway. */
function jump(log: RetentionLog, ms: number): boolean {
  const task = { kind: 'clock-jump', from: log.now, to: log.now + ms } as const
  log.now += ms
  return recordClockJump(log.writer, task).suspended
}

const confirm = (log: RetentionLog) =>
  confirmClock(log.writer, { kind: 'confirm-clock', actor, now: log.now })

describe('a clock that is set forward while the gateway runs', () => {
  it('deletes nothing until somebody confirms it', () => {
    const log = newLog()
    expect(jump(log, tenYears)).toBe(true)
    expect(log.prune()).toEqual({ state: 'suspended', first: 0 })
    expect(log.events('audit.clock_jump')).toMatchObject([
      { from: '2026-01-01T00:00:00.000Z', to: '2036-01-01T00:00:00.000Z', found: 'running' },
    ])
    log.reopen()
    expect(log.prune().state).toBe('suspended')
    expect(confirm(log)).toEqual({ confirmed: true })
    expect(confirm(log)).toEqual({ confirmed: false })
    expect(log.events('audit.clock_confirmed')).toMatchObject([{ actor }])
    expect(log.prune()).toMatchObject({ state: 'idle', first: 1024 })
  })

  it('needs nobody once it is set back', () => {
    const log = newLog()
    jump(log, tenYears)
    expect(jump(log, -tenYears)).toBe(false)
    expect(clockState(log.writer.database)).toEqual({ suspended: false, jumps: [] })
  })

  it('is not made harmless by having been set back before', () => {
    const log = newLog()
    expect(jump(log, -tenYears)).toBe(false)
    expect(jump(log, tenYears)).toBe(true)
  })

  it('is still suspect when it is set back by less', () => {
    const log = newLog()
    jump(log, 3 * hourMs)
    expect(jump(log, -hourMs)).toBe(true)
    expect(jump(log, -hourMs)).toBe(false)
  })

  it('cannot be outwitted by deleting its record by hand', () => {
    const log = newLog()
    log.start(30, false)
    const free = new RetentionLog(temporaryLog(onTestFinished), Date.UTC(2026, 0, 1))
    onTestFinished(() => free.close())
    free.start(30, false)
    free.fillTo(1500)
    jump(free, 2 * hourMs)
    free.fillTo(2100)
    free.wait(1)
    const task = { kind: 'prune-by-hand', before: free.now, actor, now: free.now } as const
    while (pruneByHand(free.writer, task).state === 'working');
    expect(free.first).toBe(1024)
    expect(clockState(free.writer.database).suspended).toBe(true)
  })
})

describe('a clock that was set back', () => {
  it('never lets the time of the log fall, and deletes nothing', () => {
    const log = newLog()
    jump(log, -hourMs)
    log.calls(1)
    const [before, after] = [log.events()[1099], log.events().at(-1)]
    expect(after?.['ts']).toBe(before?.['ts'])
    expect(after?.['time']).toBe('2025-12-31T23:00:00.000Z')
    expect(log.prune()).toMatchObject({ state: 'idle', first: 0 })
  })
})

describe('a pause before a start', () => {
  it.each([
    // Half of the retention, at least a day and at most 30.
    [1, 1],
    [10, 5],
    [30, 15],
    [365, 30],
  ])('is believed with %i days of retention up to %i days', (days, tolerated) => {
    const log = newLog(days)
    log.wait(tolerated)
    log.reopen()
    expect(log.events('audit.clock_jump')).toEqual([])
    log.start(days)
    log.wait(tolerated)
    log.now += 1
    log.reopen()
    const found = log.events('audit.clock_jump')
    expect(found).toMatchObject([{ found: 'start', to: new Date(log.now).toISOString() }])
    expect(log.prune().state).toBe('suspended')
  })

  it('is found by whoever opens the log first, and only once', () => {
    const log = newLog()
    log.now += tenYears
    log.reopen()
    log.reopen()
    expect(log.events('audit.clock_jump')).toHaveLength(1)
  })

  it('is measured against what the clock said last, also where the time of the log is ahead of it', () => {
    const log = newLog()
    jump(log, tenYears)
    log.calls(1)
    confirm(log)
    log.now -= tenYears
    log.calls(1)
    log.wait(31)
    log.reopen()
    expect(log.events('audit.clock_jump')).toHaveLength(2)
  })
})
