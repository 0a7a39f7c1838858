import { existsSync } from 'node:fs'
import {
  keyFilesFromEnvironment,
  logKeyFiles,
  openAuditReader,
  storePaths,
} from '@keeptrusts/audit-store'
import { KeeptrustsError } from '@keeptrusts/core'
import type { Verdict } from './finding.ts'
import { failed, ok, skipped, warning } from './finding.ts'

/** Whether the log in a folder opens for reading, and whether its newest event lies in the past. */
export function checkLog(dir: string, now: number): Verdict {
  if (!existsSync(storePaths(dir).database))
    return skipped(
      'store-missing',
      `No audit log in ${dir} yet: the first kt gateway run makes it.`,
    )
  try {
    const reader = openAuditReader({ dir })
    try {
      const [newest] = reader.records({ limit: 1 })
      return judgeNewest(newest?.['ts'], now)
    } finally {
      reader.close()
    }
  } catch (error) {
    const known = KeeptrustsError.isInstance(error)
    return failed(
      'store-unreadable',
      known ? error.message : `The log in ${dir} cannot be read.`,
      (known && error.suggestion) || 'See what kt events list says.',
    )
  }
}

/** A log's times never go back: with a clock that went back, events pile up at the newest time. */
function judgeNewest(ts: unknown, now: number): Verdict {
  if (typeof ts !== 'number') return ok('log-readable', 'It opens; it holds no event yet.')
  const seconds = Math.round((ts - now) / 1000)
  if (seconds <= 5)
    return ok('log-readable', `It opens; its newest event is of ${new Date(ts).toISOString()}.`)
  const judge = seconds > 600 ? failed : warning
  return judge(
    'clock-went-back',
    `Its newest event lies ${seconds} s in the future: the clock of this machine went back.`,
    'Have the clock set by NTP. Until it has caught up, new events carry the time of the newest one.',
  )
}

/** Whether the keys that were made with a log are still there (decision L3). */
export function checkKeys(
  dir: string,
  keysDir: string,
  env: Readonly<Record<string, string | undefined>> = {},
): Verdict {
  if (!existsSync(storePaths(dir).database))
    return skipped('store-missing', `Keys are made in ${keysDir} together with the log.`)
  const { signing, prompt } = logKeyFiles(keysDir, keyFilesFromEnvironment(env))
  const missing = [signing, prompt].filter((path) => !existsSync(path))
  if (missing.length === 0) return ok('keys-there', `They are in ${keysDir}; back them up.`)
  return failed(
    'key-missing',
    `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing: the gateway does not start with this log.`,
    'Restore the keys from the backup, or set KEEPTRUSTS_CONFIG_DIR to the folder that holds keys/. If the key is lost for good, kt events key rotate --lost goes on with a new one.',
  )
}
