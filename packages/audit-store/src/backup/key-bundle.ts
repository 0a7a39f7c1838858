import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import type { LogKeyFiles, LogKeyName } from '../log-keys.ts'
import { createPrivateFile, refuseOpenToOthers, syncFolder } from '../private-files.ts'
import { toStoreError } from '../store-errors.ts'
import { StoreFault } from '../store-fault.ts'
import { systemFault } from '../system-fault.ts'

const format = 'keeptrusts-keys-1'
const names: readonly LogKeyName[] = ['signing', 'prompt', 'payload']

/** The secret keys of a log as text, as they stand in their files. */
export interface KeyBundle {
  readonly log: string
  readonly keys: Partial<Record<LogKeyName, string>>
}

/**
 * Writes the secret keys of a log into one new file, readable by its owner only. `log`: its id. Returns which keys it holds.
 * Throws `StoreRefusedError`.
 */
export function backUpKeys(
  out: string,
  { log, files }: { readonly log: string; readonly files: LogKeyFiles },
): readonly LogKeyName[] {
  const there = names.filter((name) => existsSync(files[name]))
  try {
    const keys = there.map((name) => [name, readFileSync(files[name], 'utf8')])
    const bundle = { format, log, keys: Object.fromEntries(keys) }
    createPrivateFile(out, `${JSON.stringify(bundle, null, 2)}\n`)
    return there
  } catch (error) {
    throw toStoreError(systemFault(error))
  }
}

/** Reads what `backUpKeys` wrote. Throws `StoreFault`, and what the file system throws. */
export function readKeyBundle(path: string): KeyBundle {
  refuseOpenToOthers(path, '600')
  try {
    const bundle = JSON.parse(readFileSync(path, 'utf8')) as KeyBundle & {
      readonly format: unknown
    }
    if (bundle.format === format && typeof bundle.keys === 'object') return bundle
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new StoreFault({
    code: 'key-wrong',
    message: `${path} holds no keys of a log.`,
    suggestion: 'Name the file that kt backup --with-keys wrote.',
  })
}

/** Puts keys into their places; others that are there are moved aside under the name with `stamp`. Returns what was moved. */
export function placeKeys(
  { keys }: KeyBundle,
  { files, stamp }: { readonly files: LogKeyFiles; readonly stamp: string },
): readonly string[] {
  return names.flatMap((name) => {
    const [path, text] = [files[name], keys[name]]
    if (text === undefined) return []
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    const isOther = existsSync(path) && readFileSync(path, 'utf8') !== text
    const aside = `${path}.replaced-${stamp}`
    if (isOther) renameSync(path, aside)
    if (!existsSync(path)) createPrivateFile(path, text)
    syncFolder(dirname(path))
    return isOther ? [aside] : []
  })
}
