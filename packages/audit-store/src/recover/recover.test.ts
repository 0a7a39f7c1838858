import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readWholeLog } from '../fixtures/read-log.ts'
import { anEvent, temporaryLog } from '../fixtures/temporary-log.ts'
import { openAuditStore } from '../open-audit-store.ts'
import { openSqlite } from '../open-sqlite.ts'
import { examineLog } from './examine-log.ts'
import { salvageLog } from './salvage-log.ts'
import { startNewLog } from './start-new-log.ts'

const pageBytes = 4096
const actor = { os_user: 'ada', operator: null }

/** A closed log of so many events after its genesis. */
async function aLog(events: number) {
  const folders = temporaryLog(onTestFinished)
  const store = await openAuditStore(folders)
  const { log } = store
  const pad = 'x'.repeat(800)
  await Promise.all(Array.from({ length: events }, (_, i) => store.append(anEvent(i, { pad }))))
  await store.close()
  const file = join(folders.dir, 'audit.db')
  return { ...folders, log, file, to: join(folders.dir, '..', 'salvage') }
}

/** Overwrites the middle of a file, page by page, as a failing disk does. */
function damage(file: string, pages = 1): void {
  const bytes = readFileSync(file)
  const start = Math.floor(bytes.length / pageBytes / 2) * pageBytes
  bytes.fill(0xaa, start, start + pages * pageBytes)
  writeFileSync(file, bytes)
}

function change(file: string, sql: string): void {
  const database = openSqlite(file)
  database.exec(sql)
  database.close()
}

const lines = (to: string): readonly Record<string, unknown>[] =>
  readFileSync(join(to, 'events.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

describe('examineLog', () => {
  it('finds nothing wrong with a sound log, and changes nothing', async () => {
    const { file, log, ...place } = await aLog(3)
    const before = readFileSync(file)
    expect(examineLog(place)).toEqual({ database: file, problem: null, log, size: 4 })
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it.each([
    ['a damaged page', 'store-damaged', (file: string) => damage(file)],
    ['a text', 'store-damaged', (file: string) => writeFileSync(file, 'no database\n'.repeat(99))],
    [
      'a head that is short of the events',
      'store-damaged',
      (file: string) => change(file, 'UPDATE head SET size = 9'),
    ],
    [
      'an end that was cut off',
      'store-damaged',
      (file: string) =>
        change(file, 'DROP TRIGGER events_no_delete; DELETE FROM events WHERE seq > 30'),
    ],
    ['permissions for others', 'loose-permissions', (file: string) => chmodSync(file, 0o644)],
  ])('says why a gateway would not start with %s', async (_name, code, harm) => {
    const { file, ...place } = await aLog(40)
    harm(file)
    const before = readFileSync(file)
    expect(examineLog(place).problem).toMatchObject({ code, suggestion: expect.any(String) })
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it.each([
    ['missing', 'key-missing', (key: string) => rmSync(key)],
    ['that of another log', 'key-wrong', null],
  ])('says that a key is %s', async (_name, code, harm) => {
    const { keysDir, ...place } = await aLog(1)
    const key = join(keysDir, 'audit-signing.key')
    const other = await aLog(1)
    if (harm) harm(key)
    else writeFileSync(key, readFileSync(join(other.keysDir, 'audit-signing.key')))
    expect(examineLog({ ...place, keysDir }).problem).toMatchObject({ code })
  })

  it('is refused while the log is written', async () => {
    const folders = temporaryLog(onTestFinished)
    const store = await openAuditStore(folders)
    for (const work of [
      () => examineLog(folders),
      () => salvageLog({ dir: folders.dir, to: join(folders.dir, 'x') }),
      () => startNewLog({ ...folders, actor }),
    ])
      expect(work).toThrow(expect.objectContaining({ code: 'data-dir-in-use' }))
    await store.close()
  })
})

describe('salvageLog', () => {
  it('copies a sound log whole, proved to its end', async () => {
    const { dir, to, log } = await aLog(1500)
    expect(salvageLog({ dir, to })).toMatchObject({
      ...{ salvage: true, log, size: 1501, saved: 1501, first: 0, last: 1500 },
      ...{ missing: [], changed: [], matching: 1501, proven: { size: 1501 } },
    })
    expect(lines(to).map(({ seq }) => seq)).toEqual(Array.from({ length: 1501 }, (_, i) => i))
    expect(readFileSync(join(to, 'checkpoint.note'), 'utf8')).toContain(`\n1501\n`)
    expect(readdirSync(to).sort()).toEqual(['checkpoint.note', 'events.jsonl', 'salvage.json'])
  })

  it('leaves out what a damaged page held, and proves what is before it', async () => {
    const { dir, to, file } = await aLog(2000)
    damage(file, 2)
    const before = readFileSync(file)
    const salvage = salvageLog({ dir, to })
    expect(salvage.saved).toBeGreaterThan(1900)
    expect(salvage.saved).toBeLessThan(2001)
    expect(salvage.missing.length).toBeGreaterThan(0)
    expect(salvage.changed).toEqual([])
    expect(salvage.matching).toBe(Number(salvage.missing[0]?.[0]))
    expect(lines(to)).toHaveLength(salvage.saved)
    expect(readFileSync(file).equals(before)).toBe(true)
    expect(JSON.parse(readFileSync(join(to, 'salvage.json'), 'utf8'))).toEqual(salvage)
  })

  it('names events that were changed, and proves only what is before them', async () => {
    const { dir, to, file } = await aLog(1500)
    change(
      file,
      "DROP TRIGGER events_no_update; UPDATE events SET body = replace(body, 'xxx', 'yyy') WHERE seq = 1200",
    )
    expect(salvageLog({ dir, to })).toMatchObject({
      ...{ saved: 1501, missing: [], changed: [1200], matching: 1200, proven: { size: 1024 } },
    })
  })

  it('saves nothing of a file that is no database, and never writes into a folder that is there', async () => {
    const { dir, to, file } = await aLog(1)
    writeFileSync(file, 'no database\n'.repeat(99))
    const refused = expect.objectContaining({ code: 'salvage-refused' })
    expect(() => salvageLog({ dir, to })).toThrow(refused)
    expect(() => salvageLog({ dir, to: dir })).toThrow(refused)
  })
})

describe('startNewLog', () => {
  it('moves a damaged log aside whole, and begins one that names it', async () => {
    const { file, log, to: _to, ...place } = await aLog(200)
    damage(file)
    const evidence = readFileSync(file)
    const now = (): number => Date.UTC(2026, 0, 31, 12)
    const started = startNewLog({ ...place, actor, now })
    expect(started.setAside).toBe(join(place.dir, 'set-aside-2026-01-31T12-00-00Z'))
    expect(readFileSync(join(started.setAside, 'audit.db')).equals(evidence)).toBe(true)
    expect(started.log).not.toBe(log)
    await (await openAuditStore({ ...place, now })).close()
    expect(readWholeLog(place.dir)).toMatchObject([
      {
        type: 'audit.recovered',
        reason: 'new_log',
        problem: 'store-damaged',
        previous_log: log,
        previous_size: 201,
        actor,
      },
    ])
  })

  it('gives up no log that is sound, or whose fault has another cure', async () => {
    const { file, ...place } = await aLog(1)
    const refused = expect.objectContaining({ code: 'recover-refused' })
    expect(() => startNewLog({ ...place, actor })).toThrow(refused)
    chmodSync(file, 0o644)
    expect(() => startNewLog({ ...place, actor })).toThrow(refused)
    expect(existsSync(file)).toBe(true)
  })
})
