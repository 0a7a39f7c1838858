import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Attack, Victim } from '../fixtures/attack.ts'
import { attacks } from '../fixtures/attacks.ts'
import { copyLog, sampleSizes, writeVictim } from '../fixtures/sample-log.ts'
import type { VerifyReport } from './report.ts'
import type { VerifyOptions } from './verify-log.ts'
import { verifyLog } from './verify-log.ts'

const root = mkdtempSync(join(tmpdir(), 'keeptrusts-attacks-'))
let victim: Victim
let vkey: string

beforeAll(() => {
  const { log, backup } = writeVictim(root)
  vkey = log.writer.publicKey
  log.close()
  victim = { place: log.place, backup }
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

function attacked({ name, run }: Attack): Victim['place'] {
  const place = copyLog(victim.place, join(root, name))
  run(place, victim)
  return place
}

function verify({ dir }: Victim['place'], options: Omit<VerifyOptions, 'dir'>): VerifyReport {
  return verifyLog({ dir, vkey, ...options })
}

function expectFound(report: VerifyReport, expected: Attack['anchored']): void {
  const found = [...report.integrity.findings, ...report.completeness.findings]
  expect(found).toContainEqual(expect.objectContaining(expected))
  expect(report.exit).toBe(1)
}

describe('an honest log', () => {
  it('is intact, alone and with its anchors', () => {
    expect(verify(victim.place, {})).toMatchObject({
      exit: 3,
      first: null,
      key: { state: 'current' },
    })
    const report = verify(victim.place, { anchors: [victim.place.anchors] })
    expect(report).toMatchObject({
      exit: 0,
      first: null,
      completeness: { verdict: 'proven', anchored_size: sampleSizes.late },
      counts: {
        first: 0,
        size: sampleSizes.end,
        events: sampleSizes.end,
        checkpoints: 6,
        anchors: 4,
        payloads: 1,
      },
    })
  })

  it('is intact from its last checkpoint', () => {
    const report = verify(victim.place, { anchors: [victim.place.anchors], fromLast: true })
    expect(report).toMatchObject({
      exit: 0,
      partial: true,
      counts: { events: sampleSizes.end - 2048 },
    })
  })

  it('is not vouched for without a key', () => {
    const report = verify(victim.place, { anchors: [victim.place.anchors], vkey: null })
    expect(report).toMatchObject({ exit: 3, first: null, key: { source: 'none' } })
  })
})

describe('attacks on the file', () => {
  it.each(attacks)('$name: $what', (attack) => {
    const place = attacked(attack)
    const local = verify(place, {})
    if (attack.local === null) expect(local).toMatchObject({ exit: 3, first: null })
    else {
      expectFound(local, attack.local)
      if (attack.local.seq !== undefined) expect(local.first?.seq).toBe(attack.local.seq)
    }
    expectFound(verify(place, { anchors: [place.anchors] }), attack.anchored)
  })
})
