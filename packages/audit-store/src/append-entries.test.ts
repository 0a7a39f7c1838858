import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { canonicalEvent } from './canonical-event.ts'
import { anEvent, temporaryLog } from './fixtures/temporary-log.ts'
import { LogWriter } from './log-writer.ts'
import { leafHash, MerkleFrontier } from './merkle-frontier.ts'
import { parseCheckpoint } from './notes/checkpoint.ts'
import { isSignedBy, parseNote } from './notes/signed-note.ts'
import { parseVerifierKey } from './notes/verifier-key.ts'
import { openAuditStore } from './open-audit-store.ts'
import { openSqlite } from './open-sqlite.ts'
import { storePaths } from './store-paths.ts'

interface NoteRow {
  readonly size: number
  readonly note: string
}

function notesOf(dir: string): readonly NoteRow[] {
  const database = openSqlite(storePaths(dir).database, { readonly: true })
  const rows = database
    .prepare('SELECT size, note FROM checkpoints UNION ALL SELECT size, tip_note FROM head')
    .all() as NoteRow[]
  database.close()
  return rows
}

function rootsOf(dir: string): readonly string[] {
  const database = openSqlite(storePaths(dir).database, { readonly: true })
  const bodies = database.prepare('SELECT body FROM events ORDER BY seq').pluck().all() as string[]
  database.close()
  const tree = MerkleFrontier.empty()
  const roots = [tree.root().toString('hex')]
  for (const body of bodies) {
    tree.append(leafHash(body))
    roots.push(tree.root().toString('hex'))
  }
  return roots
}

describe('every append', () => {
  it('signs the tree, and keeps the notes of whole blocks, however the batches fall', () => {
    const folders = temporaryLog(onTestFinished)
    const writer = LogWriter.open(folders)
    const key = parseVerifierKey(writer.publicKey)
    for (const count of [1, 1000, 90, 1500, 600]) {
      writer.append(
        Array.from({ length: count }, (_, id) => canonicalEvent(anEvent(id), writer.log, 1)),
      )
      const roots = rootsOf(folders.dir)
      for (const { size, note } of notesOf(folders.dir)) {
        const parsed = parseNote(note)
        if (!parsed || !key) throw new Error('no note')
        expect(isSignedBy(parsed, key)).toBe(true)
        const checkpoint = parseCheckpoint(parsed.text)
        expect(checkpoint).toMatchObject({ origin: `keeptrusts.local/audit/${writer.log}`, size })
        expect(checkpoint?.root.toString('hex')).toBe(roots[size])
      }
    }
    const sizes = notesOf(folders.dir).map(({ size }) => size)
    expect(sizes).toEqual([1024, 2048, 3072, 3192])
    const blocks = writer.database.prepare('SELECT hash FROM subtrees ORDER BY idx').pluck().all()
    const rebuilt = MerkleFrontier.fromBlocks(blocks as Buffer[])
    expect(rebuilt.root().toString('hex')).toBe(rootsOf(folders.dir)[3072])
    writer.close()
  })

  it('leaves the note alone when nothing was appended', () => {
    const writer = LogWriter.open(temporaryLog(onTestFinished))
    const tip = () => writer.database.prepare('SELECT tip_note FROM head').pluck().get()
    const before = tip()
    writer.append([{ kind: 'config', hash: 'h', canonical: '{}' }])
    expect(tip()).toBe(before)
    writer.close()
  })
})

describe('a log that grows', () => {
  it('keeps a checkpoint now and then, and at its end, but not while nothing happens', async () => {
    const folders = temporaryLog(onTestFinished)
    const store = await openAuditStore({ ...folders, checkpointMs: 50 })
    await store.append(anEvent(1))
    const kept = () =>
      notesOf(folders.dir)
        .slice(0, -1)
        .map(({ size }) => size)
    await expect.poll(kept).toEqual([2])
    await sleep(200)
    expect(kept()).toEqual([2])
    await store.append(anEvent(2))
    await expect.poll(kept).toEqual([2, 3])
    await store.append(anEvent(3))
    await store.close()
    expect(kept()).toEqual([2, 3, 4])
  })
})
