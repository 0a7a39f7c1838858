import type Database from 'better-sqlite3'
import { corrupt } from '../log-database.ts'
import { readSecret, wrongKey } from '../log-keys.ts'
import type { SealedPayload } from './payload-box.ts'
import { openBox, payloadHash, payloadKeyId, unwrapKey } from './payload-box.ts'

/** The event whose content is asked for. */
export interface ContentPlace {
  readonly log: string
  readonly seq: number
  /** `evt_…`. */
  readonly id: string
  /** `content.payload` of the event. */
  readonly payload: string
}

/**
 * Decrypts the content of an event with the key in `file`; `null` when it was erased. Throws `StoreFault`: `store-damaged` when it
 * is not the one that the event was written with, `key-missing` or `key-wrong`.
 */
export function readPayload(
  database: Database.Database,
  place: ContentPlace,
  file: string,
): Buffer | null {
  const found = findPayload(database, place.seq)
  if (found === null) return null
  if (payloadHash(found) !== place.payload || payloadKeyId(found.wrapped) !== found.keyId) {
    throw changed(database, place)
  }
  const key = unwrapKey(readSecret(file), found.wrapped, place.log)
  if (key === null) throw wrongKey(file, 'does not open the contents kept in this audit log')
  const content = openBox(key, found, `${place.log}/${place.id}`)
  if (content === null) throw changed(database, place)
  return content
}

function findPayload(database: Database.Database, seq: number): SealedPayload | null {
  const found = database
    .prepare(
      `SELECT p.key_id AS keyId, k.wrapped, p.nonce, p.box
       FROM payloads p JOIN payload_keys k ON k.key_id = p.key_id WHERE p.seq = ?`,
    )
    .get(seq) as SealedPayload | undefined
  return found ?? null
}

function changed(database: Database.Database, { seq }: ContentPlace): Error {
  return corrupt(
    database.name,
    `was changed: the content kept for event ${seq} is not the one it was written with`,
  )
}
