import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { placeUnder, SampleLog } from '../fixtures/sample-log.ts'
import { verifyLog } from './verify-log.ts'

function sample(): SampleLog {
  const root = mkdtempSync(join(tmpdir(), 'keeptrusts-verify-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  return new SampleLog(placeUnder(root))
}

describe('verifyLog', () => {
  it('finds an honest log intact, and its end proven by its anchors', () => {
    const log = sample()
    log.append(1500)
    log.anchor()
    log.append(700)
    log.anchor()
    log.append(9)
    const vkey = log.writer.publicKey
    const report = verifyLog({
      dir: log.place.dir,
      anchors: [log.place.anchors],
      vkey,
      now: () => log.now,
    })
    expect(report).toMatchObject({
      exit: 0,
      integrity: { total: 0 },
      completeness: { verdict: 'proven', anchored_size: 2201 },
    })
    log.close()
    expect(verifyLog({ dir: log.place.dir, vkey })).toMatchObject({
      exit: 3,
      integrity: { verdict: 'intact' },
      completeness: { verdict: 'unproven' },
    })
  })
})
