import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { canonicalEvent } from '../canonical-event.ts'
import { anEvent, temporaryLog } from '../fixtures/temporary-log.ts'
import { draftKey } from '../log-keys.ts'
import type { LogWriterOptions } from '../log-writer.ts'
import { LogWriter } from '../log-writer.ts'
import { parseCheckpoint } from '../notes/checkpoint.ts'
import { isSignedBy, parseNote } from '../notes/signed-note.ts'
import { parseVerifierKey } from '../notes/verifier-key.ts'
import { StoreFault } from '../store-fault.ts'
import { rotateKey } from './rotate-key.ts'

const actor = { os_user: 'root', operator: null }
const newLog = (): LogWriterOptions => ({ ...temporaryLog(onTestFinished), now: () => 1 })

function open(options: LogWriterOptions): LogWriter {
  const writer = LogWriter.open(options)
  onTestFinished(() => writer.close())
  return writer
}

function add(writer: LogWriter, count: number): void {
  writer.append(
    Array.from({ length: count }, (_, index) => canonicalEvent(anEvent(index), writer.log, 1)),
  )
}

function signedBy(note: unknown, vkey: string): number | null {
  const parsed = parseNote(String(note))
  const key = parseVerifierKey(vkey)
  if (!parsed || !key || !isSignedBy(parsed, key)) return null
  return parseCheckpoint(parsed.text)?.size ?? null
}

const tipOf = ({ database }: LogWriter): unknown =>
  database.prepare('SELECT tip_note FROM head').pluck().get()
const checkpointAt = ({ database }: LogWriter, size: number): unknown =>
  database.prepare('SELECT note FROM checkpoints WHERE size = ?').pluck().get(size)

describe('rotating the signing key', () => {
  it('lets the old key vouch for the new one, which signs what comes after', () => {
    const writer = open(newLog())
    add(writer, 3)
    const old = writer.publicKey
    const result = rotateKey(writer, { kind: 'rotate-key', key: 'signing', lost: false, actor })
    expect(result).toMatchObject({ seq: 4, vkey: writer.publicKey, retired: null })
    expect(writer.publicKey).not.toBe(old)
    expect(signedBy(checkpointAt(writer, 5), old)).toBe(5)
    expect(signedBy(tipOf(writer), old)).toBe(5)
    add(writer, 1)
    expect(signedBy(tipOf(writer), writer.publicKey)).toBe(6)
    expect(signedBy(tipOf(writer), old)).toBeNull()
    const keys = writer.database.prepare('SELECT from_size, vkey FROM signing_keys').all()
    expect(keys).toEqual([
      { from_size: 0, vkey: old },
      { from_size: 6, vkey: writer.publicKey },
    ])
  })

  it('is recorded with the new key and who did it', () => {
    const writer = open(newLog())
    const { seq, vkey } = rotateKey(writer, {
      kind: 'rotate-key',
      key: 'signing',
      lost: false,
      actor,
    })
    const body = writer.database.prepare('SELECT body FROM events WHERE seq = ?').pluck().get(seq)
    expect(JSON.parse(String(body))).toMatchObject({
      type: 'audit.key_rotated',
      key: 'signing',
      vkey,
      endorsed: true,
      actor,
    })
  })

  it('goes on with the new key after a restart', () => {
    const options = newLog()
    const first = LogWriter.open(options)
    const { vkey } = rotateKey(first, { kind: 'rotate-key', key: 'signing', lost: false, actor })
    first.close()
    expect(open(options).publicKey).toBe(vkey)
  })

  it('works at a size at which a checkpoint is kept anyway', () => {
    const writer = open(newLog())
    add(writer, 1022)
    const old = writer.publicKey
    rotateKey(writer, { kind: 'rotate-key', key: 'signing', lost: false, actor })
    expect(signedBy(checkpointAt(writer, 1024), old)).toBe(1024)
  })
})

describe('a rotation that a crash cut off', () => {
  it('before the log recorded it is undone by the next start', () => {
    const options = newLog()
    const first = LogWriter.open(options)
    const { publicKey, keyFiles } = first
    draftKey(keyFiles.signing, 'signing')
    draftKey(keyFiles.prompt, 'prompt')
    first.close()
    const second = open(options)
    expect(second.publicKey).toBe(publicKey)
    expect([keyFiles.signing, keyFiles.prompt].map((path) => existsSync(`${path}.next`))).toEqual([
      false,
      false,
    ])
  })

  it.each(['signing', 'prompt'] as const)('after the log recorded it is completed: %s', (key) => {
    const options = newLog()
    const first = LogWriter.open(options)
    const path = first.keyFiles[key]
    const old = readFileSync(path)
    rotateKey(first, { kind: 'rotate-key', key, lost: false, actor })
    const { publicKey, promptKeyId } = first
    first.close()
    renameSync(path, `${path}.next`)
    // The old prompt key was moved away already, or still is in its place.
    if (key === 'signing') writeFileSync(path, old, { mode: 0o600 })
    const second = open(options)
    expect([second.publicKey, second.promptKeyId]).toEqual([publicKey, promptKeyId])
    expect(existsSync(`${path}.next`)).toBe(false)
  })
})

describe('rotating the prompt key', () => {
  it('keeps the old one aside, for whoever looks up old hashes', () => {
    const options = newLog()
    const writer = open(options)
    const old = readFileSync(writer.keyFiles.prompt, 'utf8')
    const before = writer.promptKeyId
    const { retired } = rotateKey(writer, { kind: 'rotate-key', key: 'prompt', lost: false, actor })
    expect(writer.promptKeyId).not.toBe(before)
    expect(readFileSync(String(retired), 'utf8')).toBe(old)
  })
})

describe('a lost key', () => {
  it.each(['signing', 'prompt'] as const)(
    'is replaced when that is asked for, without an endorsement: %s',
    (key) => {
      const options = newLog()
      const first = LogWriter.open(options)
      add(first, 3)
      const { publicKey: old, keyFiles } = first
      first.close()
      rmSync(keyFiles[key])
      expect(() => LogWriter.open(options)).toThrow('is missing')
      const rescue = LogWriter.open({ ...options, lost: [key] })
      const { seq } = rotateKey(rescue, { kind: 'rotate-key', key, lost: true, actor })
      rescue.close()
      const writer = open(options)
      const body = writer.database.prepare('SELECT body FROM events WHERE seq = ?').pluck().get(seq)
      expect(JSON.parse(String(body))).toMatchObject({ key, endorsed: false })
      if (key === 'prompt') return
      expect(signedBy(checkpointAt(writer, seq + 1), writer.publicKey)).toBe(seq + 1)
      expect(signedBy(checkpointAt(writer, seq + 1), old)).toBeNull()
    },
  )

  it('is not believed to be lost while it is there', () => {
    const options = newLog()
    LogWriter.open(options).close()
    const error = (() => {
      try {
        LogWriter.open({ ...options, lost: ['signing'] })
      } catch (caught) {
        return caught
      }
      return null
    })()
    expect(error).toBeInstanceOf(StoreFault)
    expect((error as StoreFault).details.code).toBe('key-not-lost')
    expect(existsSync(join(options.keysDir, 'audit-signing.key.next'))).toBe(false)
  })
})
