import { existsSync } from 'node:fs'
import { openForReading } from './log-database.ts'
import { schemaVersion } from './schema.ts'
import { StoreMissingError, toStoreError } from './store-errors.ts'
import { StoreFault } from './store-fault.ts'
import { storePaths } from './store-paths.ts'
import { systemFault } from './system-fault.ts'

/** The public side of the keys of a log. */
export interface KeyReport {
  /** 32 hex digits. */
  readonly log: string
  /** The verifier keys, the one in force last; each signs the checkpoints from its size to that of the next. */
  readonly signing: readonly { readonly fromSize: number; readonly vkey: string }[]
  /** Id of the prompt key in force. */
  readonly promptKey: string
}

/** Reads which keys a log was and is signed with; touches no key. Throws `StoreMissingError` and `StoreRefusedError`. */
export function readKeyReport({ dir }: { readonly dir: string }): KeyReport {
  const { database: path } = storePaths(dir)
  if (!existsSync(path)) throw new StoreMissingError(path)
  try {
    return read(path)
  } catch (error) {
    throw toStoreError(systemFault(error))
  }
}

function read(path: string): KeyReport {
  const database = openForReading(path)
  try {
    if (database.pragma('user_version', { simple: true }) !== schemaVersion) {
      throw new StoreFault({
        code: 'store-unsigned',
        message: `The audit log ${path} has a format without recorded keys.`,
        suggestion: 'Start the gateway once: it brings the log to the format with signatures.',
      })
    }
    const meta = database.prepare('SELECT key, value FROM meta').raw().all() as [string, string][]
    const values = new Map(meta)
    return {
      log: values.get('log') ?? '',
      signing: database
        .prepare('SELECT from_size AS fromSize, vkey FROM signing_keys ORDER BY from_size')
        .all() as KeyReport['signing'],
      promptKey: values.get('prompt_key') ?? '',
    }
  } finally {
    database.close()
  }
}
