import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { openAuditStore } from '@keeptrusts/audit-store'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { completedRecord, decidedRecord } from '../fixtures/records.ts'
import { createSandbox, ktBin } from '../fixtures/spawn-kt.ts'

const sandbox = createSandbox()
const evilModel = 'gpt\u001b[2J'

beforeAll(async () => {
  const store = await openAuditStore({
    dir: join(sandbox.dataDir, 'audit'),
    keysDir: join(sandbox.configDir, 'keys'),
  })
  await store.rememberConfig('c0ffee', '{"pack":{"name":"p"}}')
  for (let i = 1; i <= 30; i++) {
    const {
      log: _,
      seq: __,
      ...decided
    } = decidedRecord({
      ...ids(i, '1'),
      decision: i % 10 === 0 ? 'block' : 'allow',
      model: i === 30 ? evilModel : 'my-chat-model',
    })
    await store.append(decided)
    if (i % 10 === 0) continue
    const {
      log: ___,
      seq: ____,
      ...completed
    } = completedRecord({
      ...ids(i, '2'),
      decision: 'allow',
      refs: { decided: decided.id },
    })
    await store.append(completed)
  }
  await store.close()
})
afterAll(() => sandbox.remove())

function ids(i: number, kind: string) {
  const digits = String(i).padStart(12, '0')
  return {
    id: `evt_01890000-0000-7000-800${kind}-${digits}`,
    request_id: `req_01890000-0000-7000-8000-${digits}`,
  }
}

const list = (...args: string[]) => sandbox.kt(['events', 'list', ...args])

describe('kt events list', () => {
  it('shows one row per call, newest first, as plain text in a pipe', async () => {
    const { code, stdout, stderr } = await list('--limit', '5')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const [head, ...rows] = stdout.trimEnd().split('\n')
    expect(head?.split(/\s+/)).toEqual(
      'TIME ID VERDICT REASON POLICY MODEL TARGET TOKENS MS'.split(' '),
    )
    expect(rows.map((row) => row.split(/\s+/)[1])).toEqual(
      [30, 29, 28, 27, 26].map((i) => ids(i, '1').id),
    )
    expect(rows[1]).toMatch(/^2026-01-31T12:00:00\.123Z {2}evt_\S+ {2}allow .* 135 {2}812$/)
    expect(rows[0]).toContain('gpt\\u{1b}[2J')
  })

  it('shows twenty unless told otherwise', async () => {
    expect(JSON.parse((await list('--json')).stdout)).toHaveLength(20)
    expect(JSON.parse((await list('--json', '--limit', '100')).stdout)).toHaveLength(30)
  })

  it('filters', async () => {
    const blocked = JSON.parse((await list('--json', '--verdict', 'block')).stdout)
    expect(blocked.map((call: { id: string }) => call.id)).toEqual(
      [30, 20, 10].map((i) => ids(i, '1').id),
    )
    expect(JSON.parse((await list('--json', '--policy', 'pii-detector')).stdout)).toHaveLength(20)
    for (const none of [
      ['--policy', 'rbac'],
      ['--model', 'other'],
      ['--until', '2020-01-01'],
    ]) {
      expect(await list('--json', ...none)).toMatchObject({ code: 0, stdout: '[]\n' })
    }
    expect(JSON.parse((await list('--json', '--since', '1h')).stdout)).toHaveLength(20)
    expect(await list('--model', 'other')).toEqual({
      code: 0,
      stdout: '',
      stderr: 'No call matches.\n',
    })
  })

  it('prints the records as they are stored with --raw', async () => {
    const { stdout } = await list('--raw', '--limit', '3')
    const records = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(records.map((record) => record.type)).toEqual([
      'request.decided',
      'request.completed',
      'request.decided',
    ])
    expect(records[0]).toMatchObject({ ...ids(30, '1'), model: evilModel })
    expect(stdout).not.toContain('\u001b')
  })

  it('ends quietly when its reader has enough', () => {
    const command = `"${process.execPath}" "${ktBin}" events list --raw --limit 1000 | head -n 1`
    const { stderr, stdout } = spawnSync('sh', ['-c', command], {
      env: { ...sandbox.env },
      encoding: 'utf8',
    })
    expect(stderr).toBe('')
    expect(stdout.split('\n')).toHaveLength(2)
  })

  it('finds a log in a folder of its own', async () => {
    const { stdout } = await list('--json', '--data-dir', join(sandbox.dataDir, 'audit'))
    expect(JSON.parse(stdout)).toHaveLength(20)
  })
})

describe('kt events show', () => {
  it('shows a call by event id, request id and place in the log', async () => {
    const { id, request_id } = ids(7, '1')
    const byId = await sandbox.kt(['events', 'show', id])
    expect(byId).toMatchObject({ code: 0, stderr: '' })
    expect(byId.stdout).toContain('pii-detector      redact  pii_detected')
    const byRequest = await sandbox.kt(['events', 'show', request_id])
    expect(byRequest).toEqual(byId)
    const shown = await sandbox.kt(['events', 'show', id, '--json'])
    const { records } = JSON.parse(shown.stdout)
    expect(records).toHaveLength(2)
    const place = `${records[1].log}/${records[1].seq}`
    expect(await sandbox.kt(['events', 'show', place])).toEqual(byId)
  })

  it('prints the configuration that decided', async () => {
    const { stdout } = await sandbox.kt(['events', 'show', ids(7, '1').id, '--config'])
    expect(JSON.parse(stdout)).toEqual({ pack: { name: 'p' } })
  })

  it('says how to find an id when there is none', async () => {
    const { code, stdout, stderr } = await sandbox.kt(['events', 'show', 'evt_\u001bnone'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(
      /^error\[event-not-found\]: .*evt_\\u\{1b\}none.*\n {2}help: .*kt events list/,
    )
  })
})

describe('without a log', () => {
  const elsewhere = ['--data-dir', join(sandbox.folder, 'elsewhere')]

  it('list says where it looked and is content', async () => {
    const text = await list(...elsewhere)
    expect(text).toMatchObject({ code: 0, stdout: '' })
    expect(text.stderr).toContain(join(sandbox.folder, 'elsewhere', 'audit', 'audit.db'))
    expect(await list('--json', ...elsewhere)).toMatchObject({ code: 0, stdout: '[]\n' })
    expect(await list('--raw', ...elsewhere)).toMatchObject({ code: 0, stdout: '' })
  })

  it('show finds nothing', async () => {
    expect((await sandbox.kt(['events', 'show', 'evt_1', ...elsewhere])).code).toBe(1)
  })
})
