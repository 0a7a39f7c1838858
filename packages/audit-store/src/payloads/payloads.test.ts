import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { AuditRecord } from '../audit-store.ts'
import { change, isOnDisk, read } from '../fixtures/payload-files.ts'
import { anEvent, temporaryLog } from '../fixtures/temporary-log.ts'
import { openAuditReader } from '../open-audit-reader.ts'
import type { OpenedAuditStore } from '../open-audit-store.ts'
import { openAuditStore } from '../open-audit-store.ts'
import { openSqlite } from '../open-sqlite.ts'
import { runTask } from '../tasks/log-task.ts'
import { verifyLog } from '../verify/verify-log.ts'
import { withLogWriter } from '../with-log-writer.ts'
import type { SealedPayload } from './payload-box.ts'
import type { PayloadSelector } from './payload-page.ts'

type Place = ReturnType<typeof temporaryLog>

const actor = { os_user: 'tester', operator: null }
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

async function openLog(options: { now?: () => number } = {}) {
  const place = temporaryLog(onTestFinished)
  const store = await openAuditStore({
    ...place,
    keepsContent: true,
    ackTimeoutMs: 60_000,
    ...options,
  })
  onTestFinished(() => store.close())
  const keyFile = join(place.keysDir, 'payload-master.key')
  return { place, store, keyFile }
}

/** An event of a call, with content. */
async function keep(
  store: OpenedAuditStore,
  id: string,
  { text = `text of ${id}`, subject = 'alice', request = `req_${id}` } = {},
): Promise<number> {
  const event = anEvent(id, {
    request_id: request,
    actor: { subject },
    content: { level: 'full', hmac: null, bytes: text.length },
  })
  const receipt = await store.record(event, utf8(text))
  return receipt.seq
}

function contentOf({ dir }: Place, id: string, keyFile: string): string | null {
  const reader = openAuditReader({ dir })
  try {
    const [record] = reader.find(id)
    const found = reader.content(record as AuditRecord, keyFile)
    return found instanceof Uint8Array ? new TextDecoder().decode(found) : found
  } finally {
    reader.close()
  }
}

/** Codes of what verification finds. */
function findingsOf(place: Place): readonly string[] {
  return verifyLog(place).integrity.findings.map(({ code }) => code)
}

async function erase(
  store: OpenedAuditStore,
  selector: PayloadSelector,
): Promise<{ readonly count: number; readonly scrubbed: boolean }> {
  return store.run({ kind: 'erase-payloads', selector, from: 0, reason: 'case 12', actor })
}

describe('a content that is kept', () => {
  it('lies encrypted in the transaction of its event, comes back whole, and is what the event says', async () => {
    const { place, store, keyFile } = await openLog()
    const text = 'Grüße, Здравствуйте 🦊'.repeat(40)
    await keep(store, 'a', { text })
    await keep(store, 'long', { text: 'x'.repeat(1_048_576) })
    expect(contentOf(place, 'evt_a', keyFile)).toBe(text)
    expect(contentOf(place, 'evt_long', keyFile)).toHaveLength(1_048_576)
    expect(isOnDisk(place, utf8('Grüße'))).toBe(false)
    expect(isOnDisk(place, utf8('xxxxxxxxxx'))).toBe(false)
    expect(read(place, 'SELECT key_id FROM payload_keys')).toHaveLength(1)
    expect(findingsOf(place)).toEqual([])
  })

  it('has a key of its own for every day and every run', async () => {
    let now = Date.UTC(2026, 10, 26, 23, 59)
    const { place, store } = await openLog({ now: () => now })
    await keep(store, 'a')
    await keep(store, 'b')
    now += 120_000
    await keep(store, 'c')
    const keys = (): readonly string[] =>
      read<{ key: string }>(place, 'SELECT key_id AS key FROM payloads ORDER BY seq').map(
        ({ key }) => key,
      )
    expect(keys()[0]).toBe(keys()[1])
    expect(new Set(keys()).size).toBe(2)
    await store.close()
    const again = await openAuditStore({ ...place, keepsContent: true, now: () => now })
    await keep(again, 'd')
    expect(new Set(keys()).size).toBe(3)
    await again.close()
  })

  it.each([
    ['the box', "UPDATE payloads SET box = CAST(x'00' || substr(box, 2) AS BLOB)"],
    ['the nonce', "UPDATE payloads SET nonce = x'000000000000000000000000'"],
    [
      'the wrapped key',
      "UPDATE payload_keys SET wrapped = CAST(x'00' || substr(wrapped, 2) AS BLOB)",
    ],
    [
      'its place, exchanged with another',
      'UPDATE payloads SET seq = -seq; UPDATE payloads SET seq = 3 + seq',
    ],
  ])('is not shown, and verification finds it, when somebody changed %s', async (_what, sql) => {
    const { place, store, keyFile } = await openLog()
    expect([await keep(store, 'a'), await keep(store, 'b')]).toEqual([1, 2])
    await store.close()
    change(place, sql)
    expect(() => contentOf(place, 'evt_a', keyFile)).toThrow(/was changed|was written/)
    const codes = findingsOf(place)
    expect(codes).toContain('payload-changed')
  })

  it('is refused while too many wait for the disk, and by a log that was not opened for it', async () => {
    const { store } = await openLog()
    const large = 'x'.repeat(40 * 1024 * 1024)
    const first = keep(store, 'a', { text: large }).catch(() => {})
    await expect(keep(store, 'b', { text: large })).rejects.toMatchObject({
      code: 'audit_unavailable',
    })
    await first
    const plain = temporaryLog(onTestFinished)
    const other = await openAuditStore(plain)
    await expect(other.record(anEvent('c'), utf8('text'))).rejects.toThrow(/not opened to keep/)
    expect(readdirSync(plain.keysDir)).not.toContain('payload-master.key')
    await other.close()
  })
})

describe('the payload master key', () => {
  it('is missed, and a wrong one noticed, as long as contents are there', async () => {
    const { place, store, keyFile } = await openLog()
    await keep(store, 'a')
    await store.close()
    const key = readFileSync(keyFile, 'utf8')
    writeFileSync(keyFile, `${'ab'.repeat(32)}\n`)
    expect(() => contentOf(place, 'evt_a', keyFile)).toThrow(/does not open the contents/)
    await expect(openAuditStore({ ...place, keepsContent: true })).rejects.toMatchObject({
      code: 'key-wrong',
    })
    rmSync(keyFile)
    for (const keepsContent of [true, false]) {
      await expect(openAuditStore({ ...place, keepsContent })).rejects.toMatchObject({
        code: 'key-missing',
        suggestion: expect.stringContaining('kt events erase --before now'),
      })
    }
    writeFileSync(keyFile, key, { mode: 0o600 })
    const again = await openAuditStore(place)
    expect(contentOf(place, 'evt_a', keyFile)).toBe('text of a')
    await again.close()
  })

  it('can be deleted to make everything unreadable; once that is recorded, the log goes on with a new one', async () => {
    const { place, store, keyFile } = await openLog()
    await keep(store, 'a')
    await store.close()
    rmSync(keyFile)
    const erased = withLogWriter({ ...place, brief: true }, (writer) =>
      runTask(writer, {
        kind: 'erase-payloads',
        selector: { by: 'before', time: Date.now() + 1000 },
        from: 0,
        reason: 'master key destroyed',
        actor,
      }),
    )
    expect(erased).toMatchObject({ count: 1 })
    const again = await openAuditStore({ ...place, keepsContent: true })
    await keep(again, 'b')
    expect(contentOf(place, 'evt_b', keyFile)).toBe('text of b')
    expect(contentOf(place, 'evt_a', keyFile)).toBe('erased')
    await again.close()
    expect(findingsOf(place)).toEqual([])
  })
})

describe('erasure', () => {
  const selections: readonly [string, PayloadSelector, readonly string[]][] = [
    ['an event', { by: 'event', id: 'evt_b' }, ['b']],
    ['a request', { by: 'request', id: 'req_1' }, ['a', 'b']],
    ['a caller', { by: 'principal', principal: 'bob' }, ['b', 'd']],
    ['a time', { by: 'before', time: Number.MAX_SAFE_INTEGER }, ['a', 'b', 'c', 'd']],
    ['nobody', { by: 'principal', principal: 'carol' }, []],
  ]

  it.each(selections)(
    'of %s leaves no byte of it in any file, and is on record',
    async (_name, selector, gone) => {
      const { place, store, keyFile } = await openLog()
      const subjects = { a: 'alice', b: 'bob', c: 'alice', d: 'bob' }
      for (const [id, subject] of Object.entries(subjects)) {
        await keep(store, id, { subject, request: id < 'c' ? 'req_1' : `req_${id}` })
      }
      const boxes = read<Pick<SealedPayload, 'box'> & { readonly seq: number }>(
        place,
        'SELECT seq, box FROM payloads ORDER BY seq',
      )
      expect(boxes.map(({ box }) => isOnDisk(place, box))).toEqual([true, true, true, true])
      expect(await erase(store, selector)).toMatchObject({ count: gone.length, scrubbed: true })
      const ids = Object.keys(subjects)
      for (const [index, id] of ids.entries()) {
        const isGone = gone.includes(id)
        expect(isOnDisk(place, boxes[index]?.box ?? utf8('?'))).toBe(!isGone)
        expect(contentOf(place, `evt_${id}`, keyFile)).toBe(isGone ? 'erased' : `text of ${id}`)
      }
      const keysLeft = read(place, 'SELECT key_id FROM payload_keys').length
      expect(keysLeft).toBe(gone.length === ids.length ? 0 : 1)
      await keep(store, 'after')
      expect(contentOf(place, 'evt_after', keyFile)).toBe('text of after')
      await store.close()

      expect(findingsOf(place)).toEqual([])
      const events = read<{ body: string }>(
        place,
        "SELECT body FROM events WHERE type = 'audit.payload_erased'",
      ).map(({ body }) => JSON.parse(body))
      const seqs = gone.map((id) => ids.indexOf(id) + 1)
      expect(events).toMatchObject(
        gone.length === 0 ? [] : [{ by: selector.by, seqs, reason: 'case 12', actor }],
      )
    },
  )

  it('finds a caller by the pseudonym that stands in the records, too', async () => {
    const { store } = await openLog()
    await keep(store, 'a', { subject: store.hmac('principal:alice') })
    const count = (principal: string) =>
      store.run({ kind: 'count-payloads', selector: { by: 'principal', principal }, from: 0 })
    expect(await count('alice')).toEqual({ count: 1, next: null })
    expect(await count(store.hmac('principal:alice'))).toEqual({ count: 1, next: null })
    expect(await count('bob')).toEqual({ count: 0, next: null })
  })

  it('goes in pieces of a thousand, and waits for nobody who reads', async () => {
    const { place, store } = await openLog()
    await Promise.all(Array.from({ length: 2100 }, (_, index) => keep(store, `e${index}`)))
    const selector: PayloadSelector = { by: 'before', time: Number.MAX_SAFE_INTEGER }
    let from: number | null = 0
    const counts: number[] = []
    while (from !== null) {
      const done: { count: number; next: number | null } = await store.run({
        kind: 'erase-payloads',
        selector,
        from,
        reason: 'all',
        actor,
      })
      counts.push(done.count)
      from = done.next
    }
    expect(counts).toEqual([1000, 1000, 100])
    expect(read(place, 'SELECT seq FROM payloads')).toEqual([])
    expect(read(place, 'SELECT key_id FROM payload_keys')).toEqual([])
    await store.close()
    expect(findingsOf(place)).toEqual([])
  })

  it('says when a reader keeps old pages alive, and is complete once more after it', async () => {
    const { place, store } = await openLog()
    await keep(store, 'a')
    const [kept] = read<Pick<SealedPayload, 'box'>>(place, 'SELECT box FROM payloads')
    const reader = openSqlite(join(place.dir, 'audit.db'), { readonly: true })
    reader.exec('BEGIN')
    reader.prepare('SELECT count(*) FROM events').get()
    const selector: PayloadSelector = { by: 'event', id: 'evt_a' }
    expect(await erase(store, selector)).toEqual({ count: 1, next: null, scrubbed: false })
    reader.exec('COMMIT')
    reader.close()
    expect(await erase(store, selector)).toEqual({ count: 0, next: null, scrubbed: true })
    expect(isOnDisk(place, kept?.box ?? utf8('?'))).toBe(false)
  })
})
