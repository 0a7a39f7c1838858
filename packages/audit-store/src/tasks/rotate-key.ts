import { existsSync, renameSync } from 'node:fs'
import type { LogActor } from '../log-events.ts'
import { logEvent } from '../log-events.ts'
import type { LogKeyName } from '../log-keys.ts'
import {
  adoptKey,
  draftKey,
  nextKeyFile,
  promptKeyId,
  readSecret,
  readSigningKey,
} from '../log-keys.ts'
import type { LogTransaction, LogWriter } from '../log-writer.ts'
import { verifierKey } from '../notes/verifier-key.ts'

/** Puts a new key in force and records that. */
export interface RotateKeyTask {
  readonly kind: 'rotate-key'
  readonly key: Exclude<LogKeyName, 'payload'>
  /** The old key is gone: the log was opened with `lost`, and nothing vouches for the new one. */
  readonly lost: boolean
  readonly actor: LogActor
}

export interface RotateKeyResult {
  /** Of the `audit.key_rotated` event. */
  readonly seq: number
  /** The verifier key now in force. */
  readonly vkey: string
  /** The file that holds the new key. */
  readonly file: string
  /** Where the old prompt key was put; the old signing key is gone. */
  readonly retired: string | null
}

/**
 * Rotates a key. The event is committed, and its checkpoint signed, under the old signing key; the next checkpoint carries the new one.
 * The new key waits in a file of its own until the log has recorded it, so that a crash at any point leaves one that fits.
 * Throws what SQLite and the file system throw.
 */
export function rotateKey(writer: LogWriter, task: RotateKeyTask): RotateKeyResult {
  const file = writer.keyFiles[task.key]
  if (!task.lost) draftKey(file, task.key)
  const seq =
    task.key === 'signing' ? recordSigningKey(writer, task) : recordPromptKey(writer, task)
  const retired = task.key === 'prompt' ? retire(writer, file) : null
  adoptKey(file)
  writer.reloadKeys()
  return { seq, vkey: writer.publicKey, file, retired }
}

function recordSigningKey(writer: LogWriter, { lost, actor }: RotateKeyTask): number {
  const { publicKey } = readSigningKey(nextKeyFile(writer.keyFiles.signing))
  const vkey = verifierKey(writer.log, publicKey)
  return writer.transact((transaction) => {
    const seq = record(writer, transaction, {
      key: 'signing',
      vkey,
      endorsed: !lost,
      actor: { ...actor },
    })
    transaction.keepTip()
    transaction.database
      // A key that is lost before it has signed anything leaves its place to the next.
      .prepare(
        `INSERT INTO signing_keys(from_size, vkey) VALUES (?, ?)
         ON CONFLICT(from_size) DO UPDATE SET vkey = excluded.vkey`,
      )
      .run(lost ? seq + 1 : seq + 2, vkey)
    return seq
  })
}

function recordPromptKey(writer: LogWriter, { lost, actor }: RotateKeyTask): number {
  const id = promptKeyId(readSecret(nextKeyFile(writer.keyFiles.prompt)))
  return writer.transact((transaction) => {
    const fields = { key: 'prompt', prompt_key: id, endorsed: !lost, actor: { ...actor } }
    const seq = record(writer, transaction, fields)
    transaction.database.prepare("UPDATE meta SET value = ? WHERE key = 'prompt_key'").run(id)
    return seq
  })
}

function record(
  { log, now }: LogWriter,
  transaction: LogTransaction,
  fields: Parameters<typeof logEvent>[1],
): number {
  const event = logEvent('audit.key_rotated', fields, { log, at: now() })
  const [receipt] = transaction.append([event])
  if (!receipt) throw new Error('an event was appended without a receipt')
  return receipt.seq
}

/** Hashes made with the old prompt key can be looked up as long as it exists; whoever wants them meaningless deletes the file. */
function retire(writer: LogWriter, file: string): string | null {
  if (!existsSync(file)) return null
  const retired = `${file}.retired-${writer.promptKeyId.slice(0, 8)}`
  renameSync(file, retired)
  return retired
}
