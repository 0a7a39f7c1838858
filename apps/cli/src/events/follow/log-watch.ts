import { statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { AuditReader } from '@keeptrusts/audit-store'
import { storePaths } from '@keeptrusts/audit-store'
import { writeErr } from '../../output/write.ts'
import type { LogPlace, OpenLog } from '../open-reader.ts'
import { logPlace, openIfThere } from '../open-reader.ts'

/** How long a new record may stay unseen, milliseconds. Looking costs some microseconds: SQLite counts changes for us. */
const pollMs = 200

/** `grown`: there may be new records; `replaced`: another file lies there now; `stopped`: the user has had enough. */
export type Change = 'grown' | 'replaced' | 'stopped'

/** A log that is looked at until it changes. */
export class LogWatch implements OpenLog {
  readonly place: LogPlace
  readonly reader: AuditReader
  readonly #file: string
  readonly #identity: string | null
  #version = -1

  constructor(place: LogPlace, reader: AuditReader) {
    this.place = place
    this.reader = reader
    this.#file = storePaths(place.dir).database
    this.#identity = identityOf(this.#file)
  }

  /** Waits for a change since the last call; the first call returns at once. */
  async change(stop: AbortSignal): Promise<Change> {
    for (;;) {
      if (stop.aborted) return 'stopped'
      const version = this.reader.version()
      if (version !== this.#version) {
        this.#version = version
        return 'grown'
      }
      const identity = identityOf(this.#file)
      // Moved away: what replaces it may come later.
      if (identity !== null && identity !== this.#identity) return 'replaced'
      await pause(stop)
    }
  }
}

/** Opens the log, and waits for it when it is not there yet; `null` when the user stopped first, or with `once`. */
export async function waitForLog(
  dataDir: string | undefined,
  { stop, once }: { readonly stop: AbortSignal; readonly once: boolean },
): Promise<LogWatch | null> {
  for (let told = false; !stop.aborted; told = true) {
    const place = logPlace(dataDir)
    const reader = openIfThere(place, (message) => {
      if (!told) writeErr(`${message}${once ? '' : ' Waiting for it.'}\n`)
    })
    if (reader !== null) return new LogWatch(place, reader)
    if (once) return null
    await pause(stop)
  }
  return null
}

async function pause(stop: AbortSignal): Promise<void> {
  await sleep(pollMs, undefined, { signal: stop }).catch(() => {})
}

function identityOf(path: string): string | null {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false })
  return found ? `${found.dev}:${found.ino}` : null
}
