import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { readWholeLog } from './fixtures/read-log.ts'
import { anEvent, temporaryLog } from './fixtures/temporary-log.ts'
import { openAuditReader } from './open-audit-reader.ts'
import type { OpenedAuditStore } from './open-audit-store.ts'
import { startAuditStore } from './open-audit-store.ts'
import { AuditUnavailableError } from './store-errors.ts'
import { sourceEntry } from './worker-entry.ts'

vi.setConfig({ testTimeout: 30_000 })
const patience = { timeout: 20_000, interval: 10 }

interface FaultyLog {
  readonly dir: string
  readonly store: OpenedAuditStore
  readonly fault: (name: 'pause' | 'full' | 'deaf', on: boolean) => void
}

/** A store on a disk with faults that can be switched on. */
async function faultyLog(ackTimeoutMs = 60_000): Promise<FaultyLog> {
  const { dir, keysDir } = temporaryLog(onTestFinished)
  const worker = new URL('./fixtures/faulty-worker.ts', import.meta.url)
  const store = await startAuditStore({ dir, keysDir, ackTimeoutMs }, sourceEntry(worker))
  onTestFinished(() => store.close())
  const fault: FaultyLog['fault'] = (name, on) =>
    on ? writeFileSync(join(dir, name), '') : rmSync(join(dir, name), { force: true })
  onTestFinished(() => fault('pause', false))
  return { dir, store, fault }
}

async function fillUp(store: OpenedAuditStore): Promise<number> {
  for (let count = 0; ; count++) {
    try {
      await store.append(anEvent(count, { pad: 'x'.repeat(2000) }))
    } catch {
      return count
    }
  }
}

function incidents(dir: string): readonly Record<string, unknown>[] {
  return readWholeLog(dir).filter((event) => event['type'] === 'audit.recovered')
}

describe('a writer that cannot commit', () => {
  it('acknowledges nothing until it can', async () => {
    const { dir, store, fault } = await faultyLog()
    fault('pause', true)
    let acknowledged = 0
    const record = store.append(anEvent(1)).then(() => (acknowledged += 1))
    await new Promise((resolve) => setTimeout(resolve, 300))
    const reader = openAuditReader({ dir })
    expect([acknowledged, reader.find('evt_1')]).toEqual([0, []])
    fault('pause', false)
    await record
    expect([acknowledged, reader.find('evt_1').length]).toEqual([1, 1])
    reader.close()
  })

  it('lets its callers down after the timeout, refuses new ones at once, and names the late events', async () => {
    const { dir, store, fault } = await faultyLog(200)
    await store.append(anEvent('before'))
    fault('pause', true)
    const waiting = [store.append(anEvent(1)), store.append(anEvent(2))]
    for (const record of await Promise.allSettled(waiting)) {
      expect(record).toMatchObject({ reason: { code: 'audit_unavailable' } })
    }
    expect(store.state).toBe('degraded')
    const atOnce = Promise.race([store.append(anEvent('new')), nextTurn()])
    await expect(atOnce).rejects.toThrow(AuditUnavailableError)
    fault('pause', false)
    await vi.waitFor(() => expect(store.state).toBe('open'), patience)
    await store.append(anEvent('after'))
    expect(readWholeLog(dir).map(({ id }) => id)).not.toContain('evt_new')
    expect(incidents(dir)).toMatchObject([
      { reason: 'late_acknowledgement', first_unacknowledged: 2, last_unacknowledged: 3 },
    ])
  })

  it('survives a full disk and is open again by itself when there is room', async () => {
    const { dir, store, fault } = await faultyLog()
    fault('full', true)
    const acknowledged = await fillUp(store)
    expect(store.state).toBe('degraded')
    await expect(store.append(anEvent('full'))).rejects.toThrow(AuditUnavailableError)
    fault('full', false)
    await vi.waitFor(() => expect(store.state).toBe('open'), patience)
    await store.append(anEvent('after'))
    const ids = readWholeLog(dir).map(({ id }) => id)
    expect(ids.slice(0, acknowledged)).toEqual(
      Array.from({ length: acknowledged }, (_, index) => `evt_${index}`),
    )
    expect(ids).toHaveLength(acknowledged + 2)
    expect(incidents(dir)).toMatchObject([{ reason: 'SQLITE_FULL', first_unacknowledged: null }])
  })

  it('names the events of which it could not know whether they were kept', async () => {
    const { dir, store, fault } = await faultyLog()
    await store.append(anEvent('before'))
    fault('deaf', true)
    const unknown = await Promise.allSettled([store.append(anEvent(1)), store.append(anEvent(2))])
    expect(unknown.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    fault('deaf', false)
    await vi.waitFor(() => expect(store.state).toBe('open'), patience)
    const { seq } = await store.record(anEvent('after'))
    expect(seq).toBeGreaterThan(3)
    expect(incidents(dir).at(-1)).toMatchObject({
      reason: 'SQLITE_IOERR_FSYNC',
      first_unacknowledged: 2,
    })
  })

  it.skipIf(process.platform === 'win32')('closes when its file was moved away', async () => {
    const { dir, store } = await faultyLog()
    await store.append(anEvent(1))
    renameSync(join(dir, 'audit.db'), join(dir, 'stolen.db'))
    await vi.waitFor(() => expect(store.state).toBe('closed'), patience)
    await expect(store.append(anEvent(2))).rejects.toThrow(/operator \(store-moved\)/)
  })
})
