import type Database from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { RetentionLog } from '../fixtures/retention-log.ts'
import { temporaryLog } from '../fixtures/temporary-log.ts'
import { blockLeaves, nodeHash } from '../merkle-frontier.ts'
import { parseCheckpoint } from '../notes/checkpoint.ts'
import { parseNote } from '../notes/signed-note.ts'
import { consistencyProof, verifyConsistency } from '../tree/consistency-proof.ts'
import { inclusionProof, verifyInclusion } from '../tree/inclusion-proof.ts'
import type { RangeRoot } from '../tree/split.ts'
import { splitOf } from '../tree/split.ts'

/** Roots of stretches of the log from what is left of it: block roots and kept events. */
function rangeRoots(database: Database.Database): RangeRoot {
  const block = database.prepare('SELECT hash FROM subtrees WHERE idx = ?').pluck()
  const leaf = database.prepare('SELECT leaf FROM events WHERE seq = ?').pluck()
  const root = (start: number, end: number): Buffer => {
    if (end - start === 1) return leaf.get(start) as Buffer
    if (end - start === blockLeaves && start % blockLeaves === 0) {
      return block.get(start / blockLeaves) as Buffer
    }
    const middle = start + splitOf(end - start)
    return nodeHash(root(start, middle), root(middle, end))
  }
  return root
}

function rootAt(database: Database.Database, size: number): Buffer {
  const note = database.prepare('SELECT note FROM checkpoints WHERE size = ?').pluck().get(size)
  const checkpoint = parseCheckpoint(parseNote(String(note))?.text ?? '')
  if (!checkpoint) throw new Error(`no checkpoint of ${size} events`)
  return checkpoint.root
}

it('leaves old anchors and the proofs of kept events valid', () => {
  const log = new RetentionLog(temporaryLog(onTestFinished), Date.UTC(2026, 0, 1))
  onTestFinished(() => log.close())
  log.start(10)
  log.fillTo(3072)
  log.wait(5)
  // What was anchored and proven before anything was deleted.
  log.fillTo(5000)
  log.writer.checkpoint()
  const { database } = log.writer
  const sizes = [1024, 2048, 3072, 4096] as const
  const anchors = [...sizes, 5000].map((size) => ({ size, root: rootAt(database, size) }))
  const kept = [3072, 3500, 4095, 4096, 4999]
  const proofs = kept.map((index) => inclusionProof({ index, size: 5000 }, rangeRoots(database)))

  log.wait(5)
  log.calls(1)
  expect(log.prune().first).toBe(3072)
  log.wait(5)
  log.calls(2000)
  log.prune()
  log.fillTo(8300)
  expect(log.first).toBe(4096)

  const newest = 8192
  for (const { size, root } of anchors.filter(({ size }) => size % blockLeaves === 0)) {
    expect(rangeRoots(database)(0, size)).toEqual(root)
    const proof = consistencyProof({ from: size, to: newest }, rangeRoots(database))
    const claim = { from: size, to: newest, proof }
    expect(verifyConsistency({ ...claim, fromRoot: root, toRoot: rootAt(database, newest) })).toBe(
      true,
    )
  }
  const still = kept.filter((index) => index >= log.first)
  expect(still).toEqual([4096, 4999])
  for (const index of still) {
    const leaf = database
      .prepare('SELECT leaf FROM events WHERE seq = ?')
      .pluck()
      .get(index) as Buffer
    const anchor = anchors.at(-1)?.root ?? Buffer.alloc(0)
    const before = proofs[kept.indexOf(index)] ?? []
    const after = inclusionProof({ index, size: 5000 }, rangeRoots(database))
    expect(after).toEqual(before)
    expect(verifyInclusion({ index, size: 5000, leaf, proof: after }, anchor)).toBe(true)
  }
})
