import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openAuditStore } from '@keeptrusts/audit-store'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSandbox } from '../fixtures/spawn-kt.ts'

const sandbox = createSandbox()
const anchors = join(sandbox.configDir, 'anchors')
let vkey = ''
let log = ''

beforeAll(async () => {
  const store = await openAuditStore({
    dir: join(sandbox.dataDir, 'audit'),
    keysDir: join(sandbox.configDir, 'keys'),
  })
  vkey = store.publicKey
  log = store.log
  for (let i = 0; i < 20; i++) {
    await store.append({ id: `evt_${i}`, type: 'test.happened', time: new Date().toISOString() })
  }
  await store.run({ kind: 'checkpoint' })
  await store.close()
})
afterAll(() => sandbox.remove())

const verify = (...args: string[]) => sandbox.kt(['events', 'verify', ...args])

async function checkpoint(): Promise<string> {
  const { stdout } = await sandbox.kt(['events', 'prove', 'evt_3'])
  return stdout.slice(stdout.indexOf('\n\n') + 2)
}

describe('kt events verify', () => {
  it('says what was proved and what was not', async () => {
    const { code, stdout, stderr } = await verify()
    expect({ code, stderr }).toEqual({ code: 3, stderr: '' })
    expect(stdout).toContain('ok    integrity     intact')
    expect(stdout).toContain('?     completeness  not proven: no anchor')
    expect(stdout).toContain('Proved: nobody without the signing key changed what is here.')
    expect(stdout).toContain('Not proved: that nothing is missing at the end')
  })

  it('finds the anchors of the configuration folder, and takes others', async () => {
    const note = await checkpoint()
    mkdirSync(anchors, { recursive: true })
    const file = join(anchors, `${log}.jsonl`)
    writeFileSync(file, `${JSON.stringify({ time: '2026-01-01T00:00:00.000Z', note })}\n`)
    const { code, stdout } = await verify('--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      integrity: { verdict: 'intact' },
      completeness: { verdict: 'proven', anchored_size: 21 },
      key: { source: 'key-file', state: 'current', vkey },
    })
    const bare = join(sandbox.folder, 'note')
    writeFileSync(bare, note)
    expect((await verify('--anchor', bare, '--vkey', vkey, '--from-last')).code).toBe(0)
  })

  it('is alarmed by a key that never signed the log', async () => {
    const other = createSandbox()
    const store = await openAuditStore({
      dir: join(other.dataDir, 'audit'),
      keysDir: join(other.configDir, 'keys'),
    })
    await store.close()
    const { code, stdout } = await verify('--vkey', store.publicKey)
    expect(code).toBe(1)
    expect(stdout).toContain('FAIL  integrity     tampered with or damaged')
    expect(stdout).toContain('key-foreign')
    other.remove()
  })

  it.each([
    ['no log', ['--data-dir', '/nowhere'], 'store-missing'],
    ['no such file of anchors', ['--anchor', '/nowhere/anchors.jsonl'], 'file-not-found'],
    ['a key that is none', ['--vkey', 'nonsense'], 'bad-flag'],
    ['a proof without its event', ['--proof', '/nowhere'], 'bad-flag'],
  ])('says that it could not check: %s', async (_name, args, failure) => {
    const { code, stdout, stderr } = await verify(...args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(`error[${failure}]`)
  })
})

describe('kt events prove', () => {
  it('writes a proof that holds without the log, and none that holds for another event', async () => {
    const name = join(sandbox.folder, 'call')
    const { code, stdout } = await sandbox.kt(['events', 'prove', 'evt_7', '--out', name])
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    const proof = ['--proof', `${name}.tlog-proof`, '--event', `${name}.json`]
    const nowhere = ['--data-dir', '/nowhere']
    const proven = await verify(...proof, ...nowhere, '--vkey', vkey)
    expect(proven).toMatchObject({ code: 0, stderr: '' })
    expect(proven.stdout).toContain('Event evt_7 is number 8 of the first 21 events')
    expect((await verify(...proof, ...nowhere)).code).toBe(3)
    const event = JSON.parse(readFileSync(`${name}.json`, 'utf8')) as Record<string, unknown>
    writeFileSync(`${name}.json`, JSON.stringify({ ...event, type: 'test.forged' }))
    const refuted = await verify(...proof, ...nowhere, '--vkey', vkey, '--json')
    expect(refuted.code).toBe(1)
    expect(JSON.parse(refuted.stdout)).toMatchObject({ verdict: 'refuted', failure: 'not-in-tree' })
  })

  it('knows no event that is not there', async () => {
    const { code, stderr } = await sandbox.kt(['events', 'prove', 'evt_none'])
    expect(code).toBe(1)
    expect(stderr).toContain('error[event-not-found]')
  })
})
