import { expect, it, onTestFinished, vi } from 'vitest'
import { readWholeLog } from './fixtures/read-log.ts'
import { anEvent, temporaryLog } from './fixtures/temporary-log.ts'
import { openAuditStore } from './open-audit-store.ts'

it('a log that is silent says that it is still written', async () => {
  const folders = temporaryLog(onTestFinished)
  const store = await openAuditStore({ ...folders, heartbeatMs: 300 })
  const types = (): readonly unknown[] => readWholeLog(folders.dir).map(({ type }) => type)
  await vi.waitFor(() => expect(types()).toContain('audit.heartbeat'), 20_000)
  await store.append(anEvent(1))
  expect(types()).toContain('test.happened')
  await store.close()
})

it('status() says how a log is', async () => {
  const folders = temporaryLog(onTestFinished)
  const store = await openAuditStore({ ...folders, checkpointMs: 200 })
  await store.append(anEvent(1))
  expect(store.status()).toMatchObject({
    dir: folders.dir,
    state: 'open',
    reason: null,
    size: 2,
    appended: 1,
    queue: 0,
  })
  await vi.waitFor(() => expect(store.status().checkpoint).toMatchObject({ size: 2 }), 20_000)
  expect(store.status().freeBytes).toBeGreaterThan(0)
  await store.close()
})
