import { copyFileSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { policyConfig } from '../../fixtures/policy-config.ts'
import type { Sandbox } from '../../fixtures/spawn-kt.ts'
import { createSandbox } from '../../fixtures/spawn-kt.ts'
import type { GatewayProcess } from '../../fixtures/start-gateway.ts'
import { startGateway } from '../../fixtures/start-gateway.ts'
import type { RecordingUpstream } from '../guards/recording-upstream.ts'
import { startRecordingUpstream } from '../guards/recording-upstream.ts'

/*
 * A log that a real gateway wrote, changed as somebody without the key could change it. The whole matrix A1-A14 is tried in
 * packages/audit-store/src/verify/attacks.test.ts, and by the Python verifier in P11.
 */
let sandbox: Sandbox
let upstream: RecordingUpstream
const saved = () => join(sandbox.folder, 'saved')
const backup = () => join(sandbox.folder, 'old-backup')
const log = () => join(sandbox.dataDir, 'audit')

async function call(gateway: GatewayProcess, text: string): Promise<void> {
  const response = await fetch(`${gateway.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content: text }] }),
  })
  await response.arrayBuffer()
}

/** Lets a gateway take calls and end in order, which anchors its log. */
async function serve(calls: number): Promise<void> {
  const gateway = await startGateway(sandbox, [])
  for (let n = 0; n < calls; n++) await call(gateway, `question ${n}`)
  gateway.child.kill('SIGTERM')
  expect(await gateway.exited).toBe(0)
}

beforeAll(async () => {
  sandbox = createSandbox()
  upstream = await startRecordingUpstream()
  writeFileSync(join(sandbox.folder, 'policy-config.yaml'), policyConfig(`${upstream.url}/v1`))
  await serve(3)
  cpSync(log(), backup(), { recursive: true })
  await serve(5)
  cpSync(log(), saved(), { recursive: true })
})

afterAll(() => {
  upstream.close()
  sandbox.remove()
})

function change(sql: string): void {
  const database = new Sqlite(join(log(), 'audit.db'))
  database.exec(
    'DROP TRIGGER events_no_update; DROP TRIGGER events_no_delete; DROP TRIGGER checkpoints_no_update; DROP TRIGGER checkpoints_no_delete;',
  )
  database.exec(sql)
  database.close()
}

async function verify() {
  const { code, stdout } = await sandbox.kt(['events', 'verify', '--json'])
  return { code, report: JSON.parse(stdout) as Report }
}

interface Report {
  readonly integrity: { readonly verdict: string; readonly findings: readonly Finding[] }
  readonly completeness: { readonly verdict: string; readonly findings: readonly Finding[] }
}

interface Finding {
  readonly code: string
  readonly seq?: number
}

function restore(from: string): void {
  rmSync(log(), { recursive: true, force: true })
  mkdirSync(sandbox.dataDir, { recursive: true })
  cpSync(from, log(), { recursive: true })
}

describe('P7: tampering is found', () => {
  it('P7: says of the honest log that it is whole', async () => {
    restore(saved())
    const { code, report } = await verify()
    expect(code).toBe(0)
    expect(report.integrity).toMatchObject({ verdict: 'intact', findings: [] })
    expect(report.completeness).toMatchObject({ verdict: 'proven', findings: [] })
  })

  it.each([
    [
      'A1: a changed body',
      `UPDATE events SET body = replace(body, '"time":"20', '"time":"19') WHERE seq = 5`,
      5,
    ],
    ['A3: a changed column', "UPDATE events SET decision = 'block' WHERE seq = 5", 5],
    ['A4: a deleted row', 'DELETE FROM events WHERE seq = 6', 6],
    ['A6: a cut tail', 'DELETE FROM events WHERE seq > 8', 9],
  ])('P7: names the record of %s', async (_name, sql, seq) => {
    restore(saved())
    change(sql)
    const { code, report } = await verify()
    expect(code).toBe(1)
    expect(report.integrity.verdict).toBe('tampered')
    expect(report.integrity.findings.map((finding) => finding.seq)).toContain(seq)
  })

  it('P7: finds by its anchors that an old backup was put back', async () => {
    restore(backup())
    const { code, report } = await verify()
    expect(code).toBe(1)
    expect(report.integrity.verdict).toBe('intact')
    expect(report.completeness.findings.map((finding) => finding.code)).toContain('truncated')
  })

  it('P7: finds that another log was put in its place, with keys of its own', async () => {
    restore(saved())
    const other = createSandbox()
    copyFileSync(
      join(sandbox.folder, 'policy-config.yaml'),
      join(other.folder, 'policy-config.yaml'),
    )
    const gateway = await startGateway(other, [])
    await call(gateway, 'question')
    gateway.child.kill('SIGTERM')
    await gateway.exited
    restore(join(other.dataDir, 'audit'))
    other.remove()
    const { code, report } = await verify()
    expect(code).toBe(1)
    expect(report.integrity.findings.map((finding) => finding.code)).toContain('key-foreign')
  })
})
