import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type Database from 'better-sqlite3'
import { newSecret, readSecret, wrongKey } from '../log-keys.ts'
import { createPrivateFile, syncFolder } from '../private-files.ts'
import { StoreFault } from '../store-fault.ts'
import { unwrapKey } from './payload-box.ts'

interface PayloadKeyUse {
  /** Log id. */
  readonly log: string
  /** The file of the payload master key. */
  readonly file: string
  /** Whether contents are going to be kept. */
  readonly keeps: boolean
}

/**
 * The payload master key of a log that is opened for a gateway: made when contents are kept for the first time, `null` when none
 * are. Throws `StoreFault` when contents are there that the key in the file, or a missing one, does not open.
 */
export function preparePayloadKey(
  database: Database.Database,
  { log, file, keeps }: PayloadKeyUse,
): Buffer | null {
  const newest = newestWrapped(database)
  if (newest === null) return keeps ? makeOrRead(file) : null
  if (!existsSync(file)) throw missing(file)
  const master = readSecret(file)
  if (unwrapKey(master, newest, log) === null) {
    throw wrongKey(file, 'does not open the contents kept in this audit log', howToGoOn)
  }
  return keeps ? master : null
}

function newestWrapped(database: Database.Database): Buffer | null {
  const found = database
    .prepare(
      `SELECT wrapped FROM payload_keys
       WHERE key_id = (SELECT key_id FROM payloads ORDER BY seq DESC LIMIT 1)`,
    )
    .pluck()
    .get() as Buffer | undefined
  return found ?? null
}

function makeOrRead(file: string): Buffer {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    createPrivateFile(file, newSecret())
    syncFolder(dirname(file))
  }
  return readSecret(file)
}

const howToGoOn =
  'If it is lost for good, or was deleted to make all kept contents unreadable, record that they are gone: kt events erase --before now --reason <text>; a new key is then made.'

function missing(file: string): StoreFault {
  return new StoreFault({
    code: 'key-missing',
    message: `The key ${file} of the contents kept in this audit log is missing.`,
    suggestion: `Restore the file from your backup. ${howToGoOn}`,
  })
}
