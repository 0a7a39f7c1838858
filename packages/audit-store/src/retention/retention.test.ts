import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { explainingRestore, readRestores } from '../anchors/restores.ts'
import { keyId, RetentionLog } from '../fixtures/retention-log.ts'
import { temporaryLog } from '../fixtures/temporary-log.ts'
import { addHold, removeHold } from '../tasks/hold.ts'
import { pruneByHand, pruneStep } from '../tasks/prune.ts'
import { rotateKey } from '../tasks/rotate-key.ts'
import { verifyLog } from '../verify/verify-log.ts'
import { dayMs } from './day.ts'
import { retentionStatus } from './retention-status.ts'

const actor = { os_user: 'root', operator: null }
const begin = Date.UTC(2026, 0, 1)

function newLog(): RetentionLog {
  const log = new RetentionLog(temporaryLog(onTestFinished), begin)
  onTestFinished(() => log.close())
  return log
}

function problems(log: RetentionLog): readonly string[] {
  const { integrity } = verifyLog({ dir: log.place.dir, now: () => log.now })
  return integrity.findings.map(({ message }) => message)
}

describe('what is older than its retention', () => {
  it('goes in whole blocks, on the day it may, with a record of it', () => {
    const log = newLog()
    log.start(30)
    log.fillTo(2500)
    log.wait(30)
    log.now -= 1
    log.calls(10)
    expect(log.prune()).toMatchObject({ state: 'idle', first: 0 })
    log.now += 1
    expect(log.prune()).toMatchObject({ state: 'idle', first: 2048 })
    expect(log.events()).toHaveLength(2500 + 10 + 1 - 2048)
    expect(log.events('audit.pruned')).toMatchObject([
      {
        up_to: 2048,
        count: 2048,
        oldest_ts: begin,
        newest_ts: begin,
        retention_days: 30,
        immutable: true,
        previous: null,
        actor: null,
        signing_keys: [{ from_size: 0, vkey: log.writer.publicKey }],
        prompt_key: log.writer.promptKeyId,
      },
    ])
    expect(problems(log)).toEqual([])
  })

  it('leaves told what a restore has given up, or anchors of before would look like a cut end', () => {
    const log = newLog()
    log.start(1)
    log.fillTo(1000)
    log.restored()
    log.fillTo(1100)
    log.wait(2)
    log.calls(1)
    log.prune()
    log.start(1)
    log.fillTo(2200)
    log.wait(2)
    log.calls(1)
    log.prune()
    expect(log.first).toBe(2048)
    expect(log.events('audit.restored')).toEqual([])
    expect(readRestores(log.writer.database)).toEqual([{ seq: 1000, ts: begin }])
    const givenUp = { size: 1400, time: new Date(begin - 1).toISOString() }
    expect(explainingRestore(readRestores(log.writer.database), givenUp)).not.toBeNull()
    expect(problems(log)).toEqual([])
  })

  it('goes on from the last deletion, whose record the next one restates', () => {
    const log = newLog()
    log.start(1)
    log.fillTo(1100)
    log.wait(2)
    log.prune()
    log.calls(1100)
    log.wait(2)
    log.prune()
    expect(log.first).toBe(2048)
    const [last] = log.events('audit.pruned')
    expect(last).toMatchObject({ up_to: 2048, count: 1024, previous: { up_to: 1024 } })
    expect(problems(log)).toEqual([])
    log.reopen()
    expect(problems(log)).toEqual([])
  })

  it('is still verified under every key after the events that introduced them are gone', () => {
    const log = newLog()
    log.start(1)
    log.fillTo(500)
    rotateKey(log.writer, { kind: 'rotate-key', key: 'signing', lost: false, actor })
    rotateKey(log.writer, { kind: 'rotate-key', key: 'prompt', lost: false, actor })
    log.fillTo(1100)
    log.wait(2)
    log.prune()
    expect(log.first).toBe(1024)
    expect(problems(log)).toEqual([])
  })

  it('leaves no text behind in the file', () => {
    const log = newLog()
    log.start(1)
    log.fillTo(1100)
    const gone = String(log.events()[500]?.['id'])
    log.wait(2)
    log.prune()
    log.close()
    const file = readFileSync(join(log.place.dir, 'audit.db'), 'latin1')
    expect(file.includes(gone)).toBe(false)
    log.reopen()
  })

  it('takes its kept content along, and the keys that nothing needs any more', () => {
    const log = newLog()
    log.start(1)
    log.content('old')
    log.content('both')
    log.fillTo(1100)
    log.wait(2)
    log.content('both')
    log.prune()
    const read = (sql: string): unknown[] => log.writer.database.prepare(sql).pluck().all()
    expect(read('SELECT count(*) FROM payloads')).toEqual([1])
    expect(read('SELECT key_id FROM payload_keys')).toEqual([keyId('both')])
    expect(problems(log)).toEqual([])
  })

  it('stays while no gateway has ever said how long it is kept', () => {
    const log = newLog()
    log.fillTo(1100)
    log.wait(4000)
    expect(log.prune()).toMatchObject({ state: 'idle', first: 0 })
  })
})

describe('a changed setting', () => {
  it('does not shorten the life of what was written before, which keeps later events too', () => {
    const log = newLog()
    log.start(100)
    log.fillTo(1024)
    log.start(10)
    log.fillTo(2100)
    log.wait(50)
    expect(log.prune().first).toBe(0)
    log.wait(50)
    expect(log.prune().first).toBe(2048)
    expect(log.events('audit.pruned')).toMatchObject([{ retention_days: 10 }])
  })

  it('prolongs the life of what was written before', () => {
    const log = newLog()
    log.start(10)
    log.fillTo(1100)
    log.start(100)
    log.wait(50)
    expect(log.prune().first).toBe(0)
    log.wait(50)
    expect(log.prune().first).toBe(1024)
  })

  it('is remembered when the start that made it is deleted', () => {
    const log = newLog()
    log.start(10)
    log.fillTo(1100)
    log.wait(11)
    log.fillTo(2100)
    expect(log.prune().first).toBe(1024)
    expect(log.events('gateway.started')).toEqual([])
    log.wait(9)
    expect(log.prune().first).toBe(1024)
    log.wait(1)
    expect(log.prune().first).toBe(2048)
  })

  it('of a start that did not say it counts as a year', () => {
    const log = newLog()
    log.start(30)
    const { database } = log.writer
    database.exec(
      "DROP TRIGGER events_no_update; UPDATE events SET body = json_remove(body, '$.retention_days') WHERE type = 'gateway.started'",
    )
    log.fillTo(1100)
    log.wait(364)
    expect(log.prune()).toMatchObject({ state: 'idle' })
    log.wait(1)
    expect(log.prune()).toMatchObject({ state: 'damaged', problem: 'event 1 was changed' })
  })
})

describe('a hold', () => {
  it('keeps the block it begins in and everything behind, until it is removed', () => {
    const log = newLog()
    log.start(1)
    log.fillTo(4000)
    const task = {
      kind: 'add-hold',
      from_seq: 2500,
      reason: 'case 7',
      actor,
      now: log.now,
    } as const
    const { hold, from_seq } = addHold(log.writer, task)
    expect(from_seq).toBe(2500)
    log.wait(2)
    expect(log.prune().first).toBe(2048)
    expect(retentionStatus(log.place)).toMatchObject({
      holds: [{ hold, from_seq: 2500, reason: 'case 7', actor }],
      next: { up_to: 3072, blocked_by: 'hold' },
    })
    const remove = { kind: 'remove-hold', actor, now: log.now } as const
    expect(removeHold(log.writer, { ...remove, hold: 'hold_other' })).toEqual({ removed: false })
    expect(removeHold(log.writer, { ...remove, hold })).toEqual({ removed: true })
    expect(removeHold(log.writer, { ...remove, hold })).toEqual({ removed: false })
    expect(log.prune().first).toBe(3072)
    expect(problems(log)).toEqual([])
  })

  it('begins behind what is being deleted when it comes, and never beyond the log', () => {
    const log = newLog()
    log.start(1)
    log.fillTo(2100)
    log.wait(2)
    pruneStep(log.writer, { kind: 'prune-step', now: log.now })
    const add = { kind: 'add-hold', reason: 'all of it', actor, now: log.now } as const
    expect(addHold(log.writer, { ...add, from_seq: 0 }).from_seq).toBe(2048)
    expect(log.prune().first).toBe(2048)
    const size = log.size
    expect(addHold(log.writer, { ...add, from_seq: 1e6 }).from_seq).toBe(size)
  })
})

describe('deleting by hand', () => {
  const by = (log: RetentionLog, before: number) => {
    for (;;) {
      const task = { kind: 'prune-by-hand', before, actor, now: log.now } as const
      const result = pruneByHand(log.writer, task)
      if (result.state !== 'working') return result
    }
  }

  it('takes whole blocks from before a time, and is recorded with who did it', () => {
    const log = newLog()
    log.start(365, false)
    log.fillTo(1100)
    log.wait(1)
    log.fillTo(2100)
    log.wait(1)
    expect(by(log, begin + dayMs)).toMatchObject({ state: 'idle', first: 1024 })
    expect(log.events('audit.pruned')).toMatchObject([
      { up_to: 1024, by_hand: true, immutable: false, actor },
    ])
    expect(problems(log)).toEqual([])
  })

  it('takes nothing that was written while it was not allowed', () => {
    const log = newLog()
    log.start(365)
    log.fillTo(1100)
    log.start(365, false)
    log.fillTo(3000)
    log.wait(1)
    expect(by(log, log.now).first).toBe(0)
  })

  it('takes nothing once it is not allowed any more', () => {
    const log = newLog()
    log.start(365, false)
    log.fillTo(1100)
    log.start(365)
    log.wait(1)
    expect(by(log, log.now).first).toBe(0)
  })

  it('takes nothing that a hold keeps', () => {
    const log = newLog()
    log.start(365, false)
    log.fillTo(2100)
    addHold(log.writer, { kind: 'add-hold', from_seq: 1024, reason: 'x', actor, now: log.now })
    log.wait(1)
    expect(by(log, log.now).first).toBe(1024)
  })
})

describe('a log that somebody changed', () => {
  it.each([
    [
      'an event',
      "UPDATE events SET body = replace(body, 'request.completed', 'request.complete') WHERE seq = 700",
      'event 700 was changed',
    ],
    [
      'an event with its hash',
      'UPDATE events SET leaf = zeroblob(32) WHERE seq = 700',
      'event 700 was changed',
    ],
    [
      'an event that is gone',
      'UPDATE prune_window SET upto = 9999; DELETE FROM events WHERE seq = 700',
      'event 700 is missing',
    ],
    [
      'a checkpoint',
      'UPDATE checkpoints SET note = (SELECT tip_note FROM head) WHERE size = 1024',
      'the checkpoint of 1024 events is missing',
    ],
    [
      'a signing key',
      "UPDATE signing_keys SET vkey = 'x'",
      'the checkpoint of 1024 events is not signed by the key of its time',
    ],
  ])('is not deleted, and that is recorded once: %s', (_name, sql, problem) => {
    const log = newLog()
    log.start(1)
    log.fillTo(1100)
    log.writer.database.exec(
      `DROP TRIGGER events_no_update; DROP TRIGGER checkpoints_no_update; ${sql}`,
    )
    log.wait(2)
    const size = log.size
    expect(log.prune()).toEqual({ state: 'damaged', problem, first: 0 })
    expect(log.prune()).toEqual({ state: 'damaged', problem, first: 0 })
    expect(log.size).toBe(size + 1)
    expect(log.events('audit.integrity')).toMatchObject([{ problem, found_by: 'retention' }])
    expect(retentionStatus(log.place).damage).toMatchObject({ problem })
  })
})
