import { spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { AnchorSettings } from '@keeptrusts/core'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { backUpLog } from '../backup/back-up-log.ts'
import { restoreLog } from '../backup/restore-log.ts'
import { anEvent, temporaryLog } from '../fixtures/temporary-log.ts'
import { logEvent } from '../log-events.ts'
import { parseCheckpoint } from '../notes/checkpoint.ts'
import { parseNote } from '../notes/signed-note.ts'
import type { OpenedAuditStore } from '../open-audit-store.ts'
import { openAuditStore } from '../open-audit-store.ts'
import { verifyLog } from '../verify/verify-log.ts'
import { withLogWriter } from '../with-log-writer.ts'
import { AnchorPublisher } from './anchor-publisher.ts'
import type { AnchorStatus } from './anchor-status.ts'
import { appendLine } from './append-line.ts'
import { FileAnchor } from './file-anchor.ts'

interface Setting {
  readonly dir: string
  readonly keysDir: string
  readonly folder: string
  readonly changes: AnchorStatus[]
  open(places?: readonly AnchorSettings[]): Promise<OpenedAuditStore>
}

function aLog(checkpointMs = 30): Setting {
  const { dir, keysDir } = temporaryLog(onTestFinished)
  const folder = join(dirname(dir), 'anchors')
  const changes: AnchorStatus[] = []
  return {
    dir,
    keysDir,
    folder,
    changes,
    open: async (places) => {
      const store = await openAuditStore({
        dir,
        keysDir,
        checkpointMs,
        anchors: { places, folder },
        anchorPace: { intervalMs: 60, retryMs: 30, hungMs: 10_000 },
        onAnchor: (status) => changes.push(status),
      })
      onTestFinished(() => store.close())
      return store
    },
  }
}

const linesOf = (path: string): string[] =>
  existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : []

const sizesOf = (path: string): (number | undefined)[] =>
  linesOf(path).map((line) => {
    const { note } = JSON.parse(line) as { readonly note: string }
    return parseCheckpoint(parseNote(note)?.text ?? '')?.size
  })

async function appendSome(store: OpenedAuditStore, count: number, from = 0): Promise<void> {
  for (let i = from; i < from + count; i += 1) await store.append(anEvent(i))
}

describe('anchors', () => {
  it('go to a file beside the configuration unless told otherwise, the last one at the stop', async () => {
    const { open, folder, dir } = aLog()
    const store = await open()
    const path = join(folder, `${store.log}.jsonl`)
    await appendSome(store, 3)
    await vi.waitFor(() => expect(sizesOf(path).at(-1)).toBe(4), 10_000)
    expect(store.status().anchors).toMatchObject([
      { type: 'file', where: path, lastSize: 4, behindSince: null, error: null },
    ])
    await store.append(anEvent('last'))
    await store.close()
    expect(sizesOf(path).at(-1)).toBe(5)
    expect(readFileSync(path, 'latin1')).toMatch(/^[\n -~]+$/)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    const report = verifyLog({ dir, anchors: [path] })
    expect(report.completeness).toMatchObject({ verdict: 'proven', anchored_size: 5 })
  })

  it('are not repeated by the next start, and start with what was kept meanwhile', async () => {
    const { open, folder, dir, keysDir } = aLog()
    const first = await open()
    await first.close()
    const path = join(folder, `${first.log}.jsonl`)
    const second = await open()
    await second.close()
    expect(sizesOf(path)).toEqual([1])
    withLogWriter({ dir, keysDir }, (writer) => {
      writer.append([logEvent('audit.read', {}, { log: writer.log, at: Date.now() })])
      writer.checkpoint()
    })
    await open()
    await vi.waitFor(() => expect(sizesOf(path)).toEqual([1, 2]), 10_000)
  })

  it('are at most one line in an interval, with the newest checkpoint', async () => {
    const { open, folder } = aLog()
    const store = await open()
    const path = join(folder, `${store.log}.jsonl`)
    const started = performance.now()
    await appendSome(store, 3000)
    await store.close()
    const sizes = sizesOf(path)
    expect(sizes.at(-1)).toBe(3001)
    expect(sizes.length).toBeLessThanOrEqual((performance.now() - started) / 60 + 2)
    expect(sizes).toEqual([...new Set(sizes)].sort((a = 0, b = 0) => a - b))
  })

  it('that cannot be written are told once, tried again, and never in the way of the log', async () => {
    const { open, folder, changes } = aLog()
    const path = join(folder, 'elsewhere', 'anchors.jsonl')
    const store = await open([{ type: 'file', path }])
    await appendSome(store, 2)
    await vi.waitFor(() => expect(store.status().anchors[0]?.error).toBe('ENOENT'), 10_000)
    await sleep(100)
    await store.append(anEvent('more'))
    expect(changes.map(({ error }) => error)).toEqual(['ENOENT'])
    expect(store.status().anchors[0]?.behindSince).not.toBeNull()
    mkdirSync(dirname(path), { recursive: true })
    await vi.waitFor(() => expect(sizesOf(path).at(-1)).toBe(4), 10_000)
    expect(changes.map(({ error }) => error)).toEqual(['ENOENT', null])
  })

  it('go to standard output as they are', async () => {
    const write = vi.spyOn(process.stdout, 'write')
    onTestFinished(() => write.mockRestore())
    const { open } = aLog()
    const store = await open([{ type: 'stdout' }])
    await store.close()
    const text = write.mock.calls.map(([chunk]) => String(chunk)).join('')
    expect(text).toContain(`keeptrusts.local/audit/${store.log}`)
  })

  it('go to a syslog server over UDP and TCP, as RFC 5424 messages that verify', async () => {
    const udp = createSocket('udp4')
    udp.bind(0, '127.0.0.1')
    await once(udp, 'listening')
    let received = ''
    const tcp = createServer((socket) =>
      socket.on('data', (chunk) => {
        received += chunk
      }),
    )
    tcp.listen(0, '127.0.0.1')
    await once(tcp, 'listening')
    onTestFinished(() => {
      udp.close()
      tcp.close()
    })
    const message = once(udp, 'message')
    const { open, dir } = aLog()
    const store = await open([
      { type: 'syslog', address: `udp://127.0.0.1:${udp.address().port}`, facility: 'local3' },
      { type: 'syslog', address: `tcp://127.0.0.1:${(tcp.address() as AddressInfo).port}` },
    ])
    await store.close()
    const text = String((await message)[0])
    expect(text).toMatch(/^<157>1 \S+Z \S+ keeptrusts \d+ anchor - \{"time":/)
    expect(received).toMatch(/^<85>1 \S+Z \S+ keeptrusts \d+ anchor - \{.*\}\n$/)
    const file = join(dirname(dir), 'syslog')
    writeFileSync(file, `${text}\n${received}`)
    const report = verifyLog({ dir, anchors: [file] })
    expect(report.counts).toMatchObject({ anchors: 2, anchors_skipped: 0 })
    expect(report.completeness.verdict).toBe('proven')
  })

  it('of a file system that hangs are waited for in their own thread, and not at the end', async () => {
    const thread = new URL('../fixtures/hanging-thread.mjs', import.meta.url)
    const changes: AnchorStatus[] = []
    const publisher = new AnchorPublisher([new FileAnchor('/mnt/away', { worker: thread })], {
      anchored: [],
      pace: { hungMs: 50 },
      now: Date.now,
      onChange: (status) => changes.push(status),
    })
    publisher.offer({ size: 1, note: 'one' })
    await vi.waitFor(
      () => expect(changes).toMatchObject([{ error: 'no answer in 0.05 s' }]),
      10_000,
    )
    publisher.offer({ size: 2, note: 'two' })
    const started = performance.now()
    await publisher.close()
    expect(performance.now() - started).toBeLessThan(4000)
    expect(publisher.statuses).toMatchObject([{ lastSize: null }])
  })
})

describe('appendLine', () => {
  it('begins a new line behind one that was cut off, and refuses what is no file', () => {
    const { dir } = temporaryLog(onTestFinished)
    mkdirSync(dir, { recursive: true })
    const path = join(dir, 'anchors')
    appendFileSync(path, '{"time":')
    appendLine(path, 'whole')
    expect(readFileSync(path, 'utf8')).toBe('{"time":\nwhole\n')
    expect(() => appendLine(dir, 'line')).toThrow('EISDIR')
    const pipe = join(dir, 'pipe')
    if (spawnSync('mkfifo', [pipe]).status === 0)
      expect(() => appendLine(pipe, 'line')).toThrow('ENXIO')
  })
})

describe('a log that its anchors have seen more of', () => {
  async function rolledBack({ open, dir, folder }: Setting): Promise<string> {
    const first = await open()
    await appendSome(first, 2)
    await first.close()
    copyFileSync(join(dir, 'audit.db'), join(dirname(dir), 'old.db'))
    const second = await open()
    await appendSome(second, 4)
    await second.close()
    copyFileSync(join(dirname(dir), 'old.db'), join(dir, 'audit.db'))
    return join(folder, `${first.log}.jsonl`)
  }

  it('is refused: an old copy was put in its place', async () => {
    const log = aLog()
    const path = await rolledBack(log)
    await expect(log.open()).rejects.toMatchObject({
      code: 'store-rolled-back',
      message: expect.stringContaining(`has 3 events, but the anchors in ${path} have seen 7`),
    })
    expect(sizesOf(path).at(-1)).toBe(7)
  })

  it('is refused also after it has grown beyond them', async () => {
    const log = aLog()
    await rolledBack(log)
    withLogWriter({ dir: log.dir, keysDir: log.keysDir }, (writer) => {
      for (let i = 0; i < 6; i += 1)
        writer.append([logEvent('audit.read', {}, { log: writer.log, at: Date.now() })])
      writer.checkpoint()
    })
    await expect(log.open()).rejects.toMatchObject({
      code: 'store-rolled-back',
      message: expect.stringContaining('its first 7 events are others'),
    })
  })

  it('is refused then also when old anchors were written again behind the newest', async () => {
    const log = aLog()
    const path = await rolledBack(log)
    const [old = ''] = linesOf(path)
    withLogWriter({ dir: log.dir, keysDir: log.keysDir }, (writer) => {
      for (let i = 0; i < 6; i += 1)
        writer.append([logEvent('audit.read', {}, { log: writer.log, at: Date.now() })])
    })
    appendFileSync(path, `${old}\n`.repeat(500))
    await expect(log.open()).rejects.toMatchObject({ code: 'store-rolled-back' })
  })

  it('is refused also when replayed anchors were written behind the newest', async () => {
    const log = aLog()
    const path = await rolledBack(log)
    const old = linesOf(path)[0] ?? ''
    appendFileSync(path, `${old}\n`.repeat(500))
    await expect(log.open()).rejects.toMatchObject({ code: 'store-rolled-back' })
  })

  it('goes on with a restore on record, until it is rolled back behind that', async () => {
    const log = aLog()
    const path = await rolledBack(log)
    withLogWriter({ dir: log.dir, keysDir: log.keysDir }, (writer) => {
      writer.append([logEvent('audit.restored', {}, { log: writer.log, at: Date.now() })])
    })
    copyFileSync(join(log.dir, 'audit.db'), join(dirname(log.dir), 'restored.db'))
    const store = await log.open()
    await appendSome(store, 8)
    await store.close()
    expect(sizesOf(path).at(-1)).toBe(12)
    await (await log.open()).close()
    copyFileSync(join(dirname(log.dir), 'restored.db'), join(log.dir, 'audit.db'))
    await expect(log.open()).rejects.toMatchObject({
      code: 'store-rolled-back',
      message: expect.stringContaining('has 4 events'),
    })
  })

  it('is no tampered log when the last anchor was made of what the backup holds, after the copy', async () => {
    const { open, dir, keysDir, folder } = aLog(60_000)
    const store = await open()
    await appendSome(store, 2)
    const out = join(dirname(dir), 'backup.db')
    backUpLog({ dir, out })
    await store.close()
    const anchors = join(folder, `${store.log}.jsonl`)
    expect(sizesOf(anchors).at(-1)).toBe(3)
    const actor = { os_user: 'ada', operator: null }
    const places = { file: out, dir, keysDir, anchorsDir: folder, anchors: [] }
    restoreLog({ ...places, force: true, actor, now: Date.now() })
    const { integrity } = verifyLog({
      dir,
      anchors: [anchors],
      keyFile: join(keysDir, 'audit-signing.key'),
    })
    expect(integrity.findings).toEqual([])
  })

  it('does not trust a line of another log or a torn one', async () => {
    const log = aLog()
    const store = await log.open()
    await store.close()
    const path = join(log.folder, `${store.log}.jsonl`)
    const [line = ''] = linesOf(path)
    appendFileSync(path, `${line.replaceAll(store.log, 'f'.repeat(32))}\n${line.slice(0, 60)}`)
    await (await log.open()).close()
  })
})
