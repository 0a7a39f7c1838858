import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { placeUnder, SampleLog } from '../fixtures/sample-log.ts'
import { tamper, thiefOf } from '../fixtures/tamper.ts'
import { signCheckpoint } from '../notes/checkpoint.ts'
import type { VerifyReport } from './report.ts'
import { verifyLog } from './verify-log.ts'

const yearMs = 365 * 86_400_000

function folder(): string {
  const root = mkdtempSync(join(tmpdir(), 'keeptrusts-verify-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  return root
}

function sample(): SampleLog {
  return new SampleLog(placeUnder(folder()))
}

function verify(log: SampleLog, vkey: string | null = log.writer.publicKey): VerifyReport {
  const { dir, anchors } = log.place
  return verifyLog({ dir, anchors: [anchors], vkey, now: () => log.now })
}

describe('a rotated signing key', () => {
  it('is fine with either key when the old one vouched for the new one', () => {
    const log = sample()
    const old = log.writer.publicKey
    log.append(10)
    log.rotate()
    log.append(10)
    log.anchor()
    log.close()
    expect(verify(log)).toMatchObject({ exit: 0, first: null, key: { state: 'current' } })
    expect(verify(log, old)).toMatchObject({ exit: 0, first: null, key: { state: 'endorsed' } })
  })

  it('is fine with the new key only when the old one was lost', () => {
    const log = sample()
    const old = log.writer.publicKey
    log.append(10)
    log.rotate(true)
    log.anchor()
    log.close()
    expect(verify(log)).toMatchObject({ exit: 0, first: null })
    expect(verify(log, old)).toMatchObject({ exit: 1, first: { code: 'key-unendorsed', seq: 11 } })
  })

  it('is outlived when retention has deleted how it was replaced', () => {
    const log = sample()
    const old = log.writer.publicKey
    log.append(10)
    log.rotate()
    log.append(1200)
    log.now += 2 * yearMs
    log.prune()
    log.anchor()
    log.close()
    expect(verify(log)).toMatchObject({ exit: 0, first: null, counts: { first: 1024 } })
    expect(verify(log, old)).toMatchObject({ exit: 3, first: null, key: { state: 'outlived' } })
  })

  it('signs nothing any more, and never what came before it', () => {
    const log = sample()
    log.append(10)
    const thief = thiefOf(log.place, log.writer.log)
    log.rotate()
    log.append(10)
    log.anchor()
    log.append(1)
    log.close()
    tamper(log.place.dir, (file) => {
      const size = Number(file.get('SELECT size FROM head'))
      file.setHead(size, signCheckpoint(file.tree(size), thief.signer))
    })
    expect(verify(log).first).toMatchObject({ code: 'checkpoint-signature', size: 23 })
    const heir = thiefOf(log.place, log.writer.log)
    tamper(log.place.dir, (file) => {
      const early = signCheckpoint(file.tree(5), heir.signer)
      file.run('INSERT INTO checkpoints VALUES (5, ?)', early)
    })
    expect(verify(log).first).toMatchObject({ code: 'checkpoint-signature', size: 5 })
  })
})

describe('retention', () => {
  it('that was too early is found, even when it was recorded and signed', () => {
    const log = sample()
    log.append(1200)
    log.now += 2 * yearMs
    log.prune()
    const event = log.writer.database
      .prepare("SELECT body FROM events WHERE type = 'audit.pruned'")
      .pluck()
      .get()
    const {
      log: _log,
      seq: _seq,
      ts: _ts,
      id: _id,
      time: _time,
      type: _type,
      ...fields
    } = JSON.parse(String(event))
    const previous = { up_to: fields.up_to, root: fields.root, time: '' }
    log.record('audit.pruned', { ...fields, previous, count: 0, newest_ts: log.now - yearMs / 2 })
    log.anchor()
    log.close()
    const early = expect.objectContaining({ code: 'prune-early', seq: 1202 })
    expect(verify(log).integrity.findings).toContainEqual(early)
  })
})

describe('anchors', () => {
  it('are read from a syslog, from a bare note and among what is about other logs', () => {
    const log = sample()
    const other = sample()
    for (const each of [log, other]) {
      each.append(10)
      each.anchor()
      each.close()
    }
    const line = readFileSync(log.place.anchors, 'utf8')
    const { note } = JSON.parse(line) as { note: string }
    const path = join(log.place.dir, '..', 'collected')
    const { dir } = log.place
    const vkey = log.writer.publicKey
    const prefix = 'Nov 26 21:00:00 host keeptrusts[1]: '
    const foreign = readFileSync(other.place.anchors, 'utf8')
    writeFileSync(path, `something else\n${prefix}${line}{"note":1}\n${foreign}{"time":"2026`)
    expect(verifyLog({ dir, anchors: [path], vkey })).toMatchObject({
      exit: 0,
      counts: { anchors: 1, anchors_skipped: 1 },
    })
    writeFileSync(path, note)
    expect(verifyLog({ dir, anchors: [path], vkey })).toMatchObject({
      exit: 0,
      completeness: { anchored_size: 11, anchored_at: null },
    })
    expect(verifyLog({ dir, anchors: [other.place.anchors], vkey })).toMatchObject({
      exit: 3,
      counts: { anchors: 0 },
    })
  })
})

describe('verifyLog', () => {
  it('calls a log stale when a gateway runs and has written nothing for two hours', () => {
    const log = sample()
    log.append(5)
    log.anchor()
    expect(verify(log)).toMatchObject({ exit: 0, stale: false })
    log.now += 3 * 3_600_000
    expect(verify(log)).toMatchObject({ exit: 3, stale: true, first: null })
    log.close()
    expect(verify(log)).toMatchObject({ exit: 0, stale: false })
  })

  it('lists requests without an end', () => {
    const log = sample()
    log.append(5)
    log.close()
    expect(verifyLog({ dir: log.place.dir })).toMatchObject({
      first: null,
      open_requests: [{ seq: 5, request_id: 'req_2' }],
    })
  })

  it('cannot check what has no signatures yet, or is no log', () => {
    const log = sample()
    log.close()
    tamper(log.place.dir, ({ database }) => void database.pragma('user_version = 1'))
    expect(() => verify(log)).toThrow(expect.objectContaining({ code: 'store-unsigned' }))
    writeFileSync(join(log.place.dir, 'audit.db'), 'not a database'.repeat(1000))
    expect(() => verify(log)).toThrow(expect.objectContaining({ code: 'store-damaged' }))
    rmSync(log.place.dir, { recursive: true })
    expect(() => verify(log)).toThrow(expect.objectContaining({ code: 'store-missing' }))
  })

  it('finds pages that were overwritten', () => {
    const log = sample()
    log.append(2000)
    log.anchor()
    log.close()
    const path = join(log.place.dir, 'audit.db')
    const bytes = readFileSync(path)
    bytes.fill(0xaa, 4096 * 40, 4096 * 41)
    writeFileSync(path, bytes)
    expect(verify(log).exit).toBe(1)
  })

  it('sees one moment of a log that another process writes as fast as it can', async () => {
    const place = placeUnder(folder())
    const script = fileURLToPath(new URL('../fixtures/append-forever.ts', import.meta.url))
    const hooks = fileURLToPath(new URL('../../dev/register-typescript.mjs', import.meta.url))
    const child = spawn(process.execPath, [
      '--import',
      hooks,
      script,
      place.dir,
      place.keysDir,
      'x',
    ])
    onTestFinished(() => void child.kill('SIGKILL'))
    await once(child.stdout, 'data')
    const sizes: number[] = []
    for (let round = 0; round < 5; round++) {
      child.stdout.resume()
      await new Promise((resolve) => setTimeout(resolve, 100))
      const { first, counts } = verifyLog({
        dir: place.dir,
        keyFile: join(place.keysDir, 'audit-signing.key'),
      })
      expect(first).toBeNull()
      sizes.push(counts.size)
    }
    expect(sizes.at(-1)).toBeGreaterThan(sizes[0] ?? 0)
  })
})
