import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { logKeyFiles, openAuditStore } from '@keeptrusts/audit-store'
import { closedPort } from '@keeptrusts/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { endAll, noPolicies, startPair, startUpstream } from '../fixtures/test-gateway.ts'
import { createUndiciTransport } from '../transport/undici-transport.ts'
import { checkClock, readClock } from './check-clock.ts'
import { checkFolder, judgeFree } from './check-folder.ts'
import { checkKeys, checkLog } from './check-log.ts'
import { checkPermissions } from './check-permissions.ts'
import { checkPort } from './check-port.ts'
import { checkNode, checkOpenFiles } from './check-runtime.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keeptrusts-doctor-'))
})
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true })
  await endAll()
})

const onWindows = process.platform === 'win32'

async function makeLog(now = Date.now()): Promise<{ dir: string; keysDir: string }> {
  const places = { dir: join(folder, 'audit'), keysDir: join(folder, 'keys') }
  const store = await openAuditStore({ ...places, now: () => now })
  await store.append({ id: 'evt_1', type: 'test.happened', time: new Date(now).toISOString() })
  await store.close()
  return places
}

describe('the folders', () => {
  it('may be missing: they are made later, and not by doctor', () => {
    expect(checkFolder(join(folder, 'a', 'b'))).toMatchObject({ status: 'ok' })
    expect(checkLog(join(folder, 'a'), Date.now())).toMatchObject({ status: 'skipped' })
    expect(checkKeys(join(folder, 'a'), join(folder, 'k'))).toMatchObject({ status: 'skipped' })
    expect(readdirSync(folder)).toEqual([])
  })

  it('must be folders', () => {
    writeFileSync(join(folder, 'file'), '')
    const found = checkFolder(join(folder, 'file', 'data'))
    expect(found).toMatchObject({ status: 'failed', code: 'folder-unusable' })
  })

  it.skipIf(onWindows)('must be closed to others, with the command that closes them', async () => {
    const { dir, keysDir } = await makeLog()
    const { signing } = logKeyFiles(keysDir)
    const places = { folders: [dir, keysDir], files: [] }
    expect(checkPermissions(places)).toMatchObject({ status: 'ok' })
    chmodSync(dir, 0o755)
    chmodSync(signing, 0o644)
    expect(checkPermissions(places)).toMatchObject({
      status: 'failed',
      code: 'loose-permissions',
      fix: `Run: chmod 700 '${dir}' && chmod 600 '${signing}'`,
    })
    expect(checkPermissions(places, 'win32')).toMatchObject({ status: 'skipped' })
  })

  it.each([
    [5e9, 'ok'],
    [999e6, 'warning'],
    [99e6, 'failed'],
  ])('with %d bytes free are %s', (free, status) => {
    expect(judgeFree(free)).toMatchObject({ status })
  })
})

describe('the log', () => {
  it('opens for reading and stays as it was', async () => {
    const { dir, keysDir } = await makeLog()
    expect(checkLog(dir, Date.now())).toMatchObject({ status: 'ok', code: 'log-readable' })
    expect(checkKeys(dir, keysDir)).toMatchObject({ status: 'ok' })
  })

  it.each([
    [60_000, 'warning'],
    [3_600_000, 'failed'],
  ])('shows that the clock went back by %i ms', async (ahead, status) => {
    const { dir } = await makeLog(Date.now() + ahead)
    expect(checkLog(dir, Date.now())).toMatchObject({ status, code: 'clock-went-back' })
  })

  it('is useless without its keys, and when it is damaged', async () => {
    const { dir, keysDir } = await makeLog()
    rmSync(logKeyFiles(keysDir).prompt)
    expect(checkKeys(dir, keysDir)).toMatchObject({ status: 'failed', code: 'key-missing' })
    writeFileSync(join(dir, 'audit.db'), 'no database')
    expect(checkLog(dir, Date.now())).toMatchObject({ status: 'failed', code: 'store-unreadable' })
  })
})

describe('the clock', () => {
  const clock = (aheadMs: number) => ({ target: 'm', aheadMs })

  it('is compared with the server it agrees with best', () => {
    expect(checkClock([])).toMatchObject({ status: 'skipped' })
    expect(checkClock([clock(900_000), clock(-2000)])).toMatchObject({ status: 'ok' })
    expect(checkClock([clock(75_000)])).toMatchObject({
      status: 'warning',
      message: 'This clock is 75 s behind that of the server of "m".',
    })
    expect(checkClock([clock(-900_000)])).toMatchObject({ status: 'failed' })
  })

  it('is read from the header of an answer', () => {
    const now = Date.parse('2026-11-26T12:00:00.500Z')
    const read = (date: string) => readClock(date, { target: 'm', now })
    expect(read('Thu, 26 Nov 2026 12:01:00 GMT')).toEqual(clock(60_000))
    expect(read('yesterday')).toBeNull()
  })
})

describe('the port', () => {
  const transport = createUndiciTransport()
  const check = (port: number) => checkPort({ host: '127.0.0.1', port }, transport)

  it('is free', async () => {
    const { port } = await closedPort()
    expect(await check(port)).toMatchObject({ status: 'ok', code: 'port-free' })
    expect(await check(port)).toMatchObject({ status: 'ok' })
  })

  it('has a gateway, which is what one wants', async () => {
    const { gateway } = await startPair({ kind: 'openai' }, { yaml: noPolicies })
    expect(await check(Number(new URL(gateway.url).port))).toMatchObject({
      status: 'ok',
      code: 'gateway-running',
      message: expect.stringContaining('A gateway (0.0.0-test) is running on 127.0.0.1:'),
    })
  })

  it('is taken by something else, which is named when it is MLflow', async () => {
    const model = await startUpstream({ kind: 'mlflow-scoring' })
    expect(await check(model.port)).toMatchObject({
      status: 'failed',
      code: 'port-in-use',
      message: expect.stringMatching(/^an MLflow scoring server/i),
      fix: expect.stringContaining('--listen'),
    })
  })

  it('is one of another machine', async () => {
    const found = await checkPort({ host: '192.0.2.1', port: 41002 }, transport)
    expect(found).toMatchObject({ status: 'failed', code: 'address-unavailable' })
  })
})

describe('the process', () => {
  it('needs Node 20.19', () => {
    expect(checkNode()).toMatchObject({ status: 'ok' })
    expect(checkNode('20.18.3')).toMatchObject({ status: 'failed', code: 'node-too-old' })
    expect(checkNode('24.1.0')).toMatchObject({ status: 'ok' })
  })

  it('needs files to open', () => {
    const limits = (files: string) => () =>
      `Max open files            ${files}     8192     files\n`
    expect(checkOpenFiles(limits('256'))).toMatchObject({ status: 'warning', code: 'few-files' })
    expect(checkOpenFiles(limits('unlimited'))).toMatchObject({ status: 'ok' })
    expect(
      checkOpenFiles(() => {
        throw new Error('no such file')
      }),
    ).toMatchObject({ status: 'skipped' })
  })
})
