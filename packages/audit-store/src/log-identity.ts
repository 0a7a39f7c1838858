import { existsSync, rmSync } from 'node:fs'
import type Database from 'better-sqlite3'
import type { LogIdentity } from './log-database.ts'
import { corrupt } from './log-database.ts'
import type { LogKeyFiles, LogKeyName, LogKeys } from './log-keys.ts'
import {
  adoptKey,
  draftKey,
  nextKeyFile,
  promptKeyId,
  readSecret,
  readSigningKey,
  wrongKey,
} from './log-keys.ts'
import { verifierKey } from './notes/verifier-key.ts'
import { StoreFault } from './store-fault.ts'

/** Reads who a log of format 2 is. Throws `StoreFault`. */
export function readIdentity(database: Database.Database): LogIdentity {
  const meta = database.prepare('SELECT key, value FROM meta').raw().all() as [string, string][]
  const values = new Map(meta)
  const log = values.get('log')
  const vkey = database
    .prepare('SELECT vkey FROM signing_keys ORDER BY from_size DESC LIMIT 1')
    .pluck()
    .get() as string | undefined
  if (log === undefined) throw corrupt(database.name, 'has lost its id')
  if (vkey === undefined) throw corrupt(database.name, 'has lost its verifier key')
  return { log, vkey, promptKey: values.get('prompt_key') ?? '' }
}

/**
 * Reads the keys of a log. A rotation that a crash cut off after the log had recorded it is completed, one that it had not is undone.
 * For the keys that are `lost`, new ones are drafted instead. Throws `StoreFault` for a key that is missing or another log's.
 */
export function loadKeys(
  identity: LogIdentity,
  files: LogKeyFiles,
  lost: readonly LogKeyName[] = [],
): LogKeys {
  return {
    ...loadKey(files.signing, {
      name: 'signing',
      lost,
      read: readSigningKey,
      fits: ({ publicKey }) => verifierKey(identity.log, publicKey) === identity.vkey,
    }),
    prompt: loadKey(files.prompt, {
      name: 'prompt',
      lost,
      read: readSecret,
      fits: (key) => promptKeyId(key) === identity.promptKey,
    }),
  }
}

interface KeyKind<Key> {
  readonly name: LogKeyName
  readonly lost: readonly LogKeyName[]
  readonly read: (path: string) => Key
  readonly fits: (key: Key) => boolean
}

function loadKey<Key>(path: string, { name, lost, read, fits }: KeyKind<Key>): Key {
  settleRotation(path, { read, fits })
  if (!lost.includes(name)) {
    const key = read(path)
    if (fits(key)) return key
    throw wrongKey(path, 'is not the key of this audit log')
  }
  if (existsSync(path) && fits(read(path))) {
    throw new StoreFault({
      code: 'key-not-lost',
      message: `The key ${path} is there, and is the one of this audit log.`,
      suggestion: 'Rotate it without --lost: then the old key vouches for the new one.',
    })
  }
  draftKey(path, name)
  return read(nextKeyFile(path))
}

function settleRotation<Key>(
  path: string,
  { read, fits }: Pick<KeyKind<Key>, 'read' | 'fits'>,
): void {
  const next = nextKeyFile(path)
  if (!existsSync(next)) return
  if (fits(read(next))) adoptKey(path)
  else rmSync(next)
}
