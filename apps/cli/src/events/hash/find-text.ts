import { keyFilesFromEnvironment, logKeyFiles } from '@keeptrusts/audit-store'
import type { Call } from '../call.ts'
import { toCall } from '../call.ts'
import { findEvent } from '../find-event.ts'
import type { OpenLog } from '../open-reader.ts'
import { loggedForms } from './hashed-text.ts'

export interface HashedText {
  /** Under the key of the log, hex. */
  readonly hmac: string
  /** The calls that carried it, newest first; `null` when nobody asked. */
  readonly calls: readonly Call[] | null
}

/** Hashes a text as the gateway does, and looks for it. Throws `StoreRefusedError` when the key cannot be used. */
export function hashText(
  { reader, place }: OpenLog,
  text: string,
  { find, limit }: { readonly find: boolean; readonly limit: number },
): HashedText {
  const { prompt } = logKeyFiles(place.keysDir, keyFilesFromEnvironment(process.env))
  const hash = (form: string) => reader.hmac(form, prompt)
  if (!find) return { hmac: hash(text), calls: null }
  const records = reader.withHash(loggedForms(text).map(hash), limit * 2)
  // Both records of a call may hold it.
  const requests = new Set(records.map((record) => record.request_id ?? record.id))
  const calls = [...requests].slice(0, limit).flatMap((request) => {
    const found = findEvent(reader, request)
    return (found && toCall(found.row)) ?? []
  })
  return { hmac: hash(text), calls }
}
