import {
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { canonicalEvent } from './canonical-event.ts'
import { anEvent, temporaryLog } from './fixtures/temporary-log.ts'
import { openForWriting } from './log-database.ts'
import type { EventEntry } from './log-entry.ts'
import type { LogWriterOptions } from './log-writer.ts'
import { LogWriter } from './log-writer.ts'
import { leafHash, MerkleFrontier } from './merkle-frontier.ts'
import { openSqlite } from './open-sqlite.ts'
import type { StoreFaultCode } from './store-fault.ts'
import { StoreFault } from './store-fault.ts'

const newLog = (): LogWriterOptions => ({ ...temporaryLog(onTestFinished), now: () => 1 })

function open(options: LogWriterOptions): LogWriter {
  const writer = LogWriter.open(options)
  onTestFinished(() => writer.close())
  return writer
}

/** Runs with a log that is there and closed. */
function closedLog(events = 0): LogWriterOptions {
  const options = newLog()
  const writer = LogWriter.open(options)
  if (events > 0) writer.append(entries(writer, events))
  writer.close()
  return options
}

function entries(writer: LogWriter, count: number, at = 1): EventEntry[] {
  return Array.from({ length: count }, (_, index) =>
    canonicalEvent(anEvent(index), writer.opened.log, at),
  )
}

function refusal(action: () => unknown): StoreFault['details'] {
  try {
    action()
  } catch (error) {
    if (error instanceof StoreFault) return error.details
    throw error
  }
  throw new Error('it was not refused')
}

function refusedWith(options: LogWriterOptions, code: StoreFaultCode): void {
  const before = readFileSync(join(options.dir, 'audit.db'))
  expect(refusal(() => LogWriter.open(options)).code).toBe(code)
  expect(readFileSync(join(options.dir, 'audit.db'))).toEqual(before)
}

describe('LogWriter', () => {
  it('numbers events without a gap and never lets time run backwards', () => {
    const writer = open(newLog())
    const receipts = [50, 20, 60].flatMap((at) => writer.append(entries(writer, 2, at)))
    expect(receipts.map((receipt) => receipt?.seq)).toEqual([1, 2, 3, 4, 5, 6])
    expect(receipts.map((receipt) => receipt?.ts)).toEqual([50, 50, 50, 50, 60, 60])
  })

  it('goes on where it stopped, with the tree of all events', () => {
    const options = closedLog(5)
    const writer = open(options)
    expect(writer.opened.created).toBe(false)
    expect(writer.append(entries(writer, 1))).toEqual([{ seq: 6, ts: 1 }])
    const reader = openSqlite(join(options.dir, 'audit.db'), { readonly: true })
    const tree = MerkleFrontier.empty()
    const rows = reader.prepare('SELECT body, leaf FROM events ORDER BY seq').all() as {
      readonly body: string
      readonly leaf: Buffer
    }[]
    for (const { body, leaf } of rows) {
      expect(leafHash(body)).toEqual(leaf)
      tree.append(leaf)
    }
    const head = reader.prepare('SELECT size, frontier FROM head').get()
    expect(head).toEqual({ size: 7, frontier: tree.toBytes() })
    reader.close()
  })

  it('stores all entries of a batch or none', () => {
    const writer = open(newLog())
    const [good, other] = entries(writer, 2)
    const bad = { ...other!, columns: { ...other!.columns, id: null as never } }
    expect(() => writer.append([good!, bad])).toThrow('NOT NULL')
    expect(writer.reopen()).toBe(1)
    expect(writer.append([good!])).toEqual([{ seq: 1, ts: 1 }])
  })

  it('stores a configuration once and gives no receipt for it', () => {
    const writer = open(newLog())
    const config = { kind: 'config', hash: 'h', canonical: '{}' } as const
    expect(writer.append([config, ...entries(writer, 1), config])).toEqual([
      null,
      { seq: 1, ts: 1 },
      null,
    ])
  })
})

describe('the one writer', () => {
  it('keeps a second one out, naming its process, until it closes', () => {
    const options = newLog()
    const first = LogWriter.open(options)
    const { code, message } = refusal(() => LogWriter.open(options))
    expect(code).toBe('data-dir-in-use')
    expect(message).toContain(`process ${process.pid}`)
    first.append(entries(first, 1))
    first.close()
    expect(open(options).acknowledged).toBe(2)
  })

  it('does not hold the lease when the log was refused', () => {
    const options = closedLog()
    rmSync(join(options.keysDir, 'prompt-hmac.key'))
    expect(refusal(() => LogWriter.open(options)).code).toBe('key-missing')
    expect(refusal(() => LogWriter.open(options)).code).toBe('key-missing')
  })
})

describe('a disk that fails', () => {
  it('loses nothing that was acknowledged when it is full, and goes on when there is room again', () => {
    let pages = 0
    const writer = open({
      ...newLog(),
      openDatabase: (path) => {
        const database = openForWriting(path)
        const used = Number(database.pragma('page_count', { simple: true }))
        if (pages > 0) database.pragma(`max_page_count = ${used + pages}`)
        return database
      },
    })
    pages = 8
    writer.reopen()
    let acknowledged = writer.acknowledged
    expect(() => {
      for (;;) acknowledged += writer.append(entries(writer, 10)).length
    }).toThrow(/full/)
    expect(acknowledged).toBeGreaterThan(1)
    pages = 0
    expect(writer.reopen()).toBe(acknowledged)
    expect(writer.append(entries(writer, 1))).toEqual([{ seq: acknowledged, ts: 1 }])
  })

  it('gives up when acknowledged events are not there any more', () => {
    const options = newLog()
    const writer = open(options)
    writer.append(entries(writer, 3))
    const other = openSqlite(join(options.dir, 'audit.db'))
    other.exec(
      "DROP TRIGGER events_no_delete; DELETE FROM events; UPDATE head SET size = 0, frontier = x''",
    )
    other.close()
    expect(refusal(() => writer.reopen()).code).toBe('store-damaged')
  })

  it('acknowledges nothing that went into a file that was moved away', () => {
    const options = newLog()
    const writer = open(options)
    const path = join(options.dir, 'audit.db')
    renameSync(path, `${path}.away`)
    expect(refusal(() => writer.append(entries(writer, 1))).code).toBe('store-moved')
  })

  it('notices that its file was moved away or replaced', () => {
    const options = newLog()
    const writer = open(options)
    writer.refuseMoved()
    const path = join(options.dir, 'audit.db')
    renameSync(path, `${path}.away`)
    expect(refusal(() => writer.refuseMoved()).code).toBe('store-moved')
    writeFileSync(path, '')
    expect(refusal(() => writer.refuseMoved()).code).toBe('store-moved')
    expect(refusal(() => writer.reopen()).code).toBe('store-moved')
  })
})

describe('a damaged log', () => {
  it.each([
    ['its first page is overwritten', (bytes: Buffer) => bytes.fill(0xaa, 0, 4096)],
    [
      'a page in the middle is overwritten',
      (bytes: Buffer) => bytes.fill(0xaa, 4096 * 3, 4096 * 4),
    ],
    ['its second half is missing', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
  ])('is refused and left alone when %s', (_name, damage) => {
    const options = closedLog(200)
    const path = join(options.dir, 'audit.db')
    const bytes = readFileSync(path)
    writeFileSync(path, damage(bytes))
    refusedWith(options, 'store-damaged')
  })

  it.each([
    ['its tail was cut', 'DELETE FROM events WHERE seq > 7'],
    [
      'its newest event was changed',
      "UPDATE events SET body = replace(body, 'evt_9', 'evt_8') WHERE seq = 10",
    ],
    ['its head was set back', "UPDATE head SET size = 0, frontier = x''"],
    ['its head does not fit its size', 'UPDATE head SET size = 7'],
    ['its head is gone', 'DELETE FROM head'],
    ['its id is gone', "DELETE FROM meta WHERE key = 'log'"],
  ])('is refused when %s', (_name, change) => {
    const options = closedLog(10)
    const database = openSqlite(join(options.dir, 'audit.db'))
    database.exec(`DROP TRIGGER events_no_delete; DROP TRIGGER events_no_update; ${change}`)
    database.close()
    refusedWith(options, 'store-damaged')
  })
})

describe('the keys of a log', () => {
  it('are made together with it, for its owner only', () => {
    const { keysDir, dir } = closedLog()
    if (process.platform === 'win32') return
    const modes = [
      keysDir,
      dir,
      join(keysDir, 'audit-signing.key'),
      join(keysDir, 'prompt-hmac.key'),
    ]
    expect(modes.map((path) => (statSync(path).mode & 0o777).toString(8))).toEqual([
      '700',
      '700',
      '600',
      '600',
    ])
  })

  it.each(['audit-signing.key', 'prompt-hmac.key'])('are not made anew when %s is lost', (name) => {
    const options = closedLog()
    rmSync(join(options.keysDir, name))
    const { code, message, suggestion } = refusal(() => LogWriter.open(options))
    expect(code).toBe('key-missing')
    expect(message).toContain(join(options.keysDir, name))
    expect(suggestion).toMatch(/Restore .* backup/)
    expect(statSync(join(options.keysDir, name), { throwIfNoEntry: false })).toBeUndefined()
  })

  it.each(['audit-signing.key', 'prompt-hmac.key'])('of another log are refused: %s', (name) => {
    const options = closedLog()
    const other = closedLog()
    renameSync(join(other.keysDir, name), join(options.keysDir, name))
    refusedWith(options, 'key-wrong')
  })

  it.each(['audit-signing.key', 'prompt-hmac.key'])('that are no keys are refused: %s', (name) => {
    const options = closedLog()
    writeFileSync(join(options.keysDir, name), 'not a key')
    const { code, message } = refusal(() => LogWriter.open(options))
    expect(code).toBe('key-wrong')
    expect(message).not.toContain('not a key')
  })

  it('survive the folder of the log: a new log uses them', () => {
    const options = closedLog()
    const before = readFileSync(join(options.keysDir, 'audit-signing.key'))
    rmSync(options.dir, { recursive: true })
    expect(open(options).opened.created).toBe(true)
    expect(readFileSync(join(options.keysDir, 'audit-signing.key'))).toEqual(before)
  })
})

describe.skipIf(process.platform === 'win32')('permissions', () => {
  it.each([
    ['the folder of the log', (options: LogWriterOptions) => options.dir, 0o750, 'chmod 700'],
    ['the log', (options: LogWriterOptions) => join(options.dir, 'audit.db'), 0o604, 'chmod 600'],
    [
      'a key',
      (options: LogWriterOptions) => join(options.keysDir, 'prompt-hmac.key'),
      0o640,
      'chmod 600',
    ],
  ])(
    'that let others use %s are refused, with the command that fixes it',
    (_name, pathOf, mode, fix) => {
      const options = closedLog()
      chmodSync(pathOf(options), mode)
      const { code, suggestion } = refusal(() => LogWriter.open(options))
      expect(code).toBe('loose-permissions')
      expect(suggestion).toBe(`Run: ${fix} '${pathOf(options)}'`)
    },
  )

  it('of a folder that was there before are refused, not changed', () => {
    const options = newLog()
    mkdirSync(options.dir, { recursive: true })
    chmodSync(options.dir, 0o755)
    expect(refusal(() => LogWriter.open(options)).code).toBe('loose-permissions')
    expect(statSync(options.dir).mode & 0o777).toBe(0o755)
  })
})
