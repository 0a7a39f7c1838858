import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type { LogActor } from '../log-events.ts'
import { logEvent } from '../log-events.ts'
import { syncFolder } from '../private-files.ts'
import { StoreRefusedError } from '../store-errors.ts'
import type { StoreFaultCode } from '../store-fault.ts'
import { withLogWriter } from '../with-log-writer.ts'
import type { Examination, LogPlace } from './examine-log.ts'
import { examineLog, withLease } from './examine-log.ts'

/** Faults of the log itself. All others go away without giving the log up. */
const givenUpFor: readonly StoreFaultCode[] = ['store-damaged', 'key-missing', 'key-wrong']

/** A new log in the place of one that could not be used. */
export interface NewLog {
  readonly log: string
  readonly publicKey: string
  /** The folder that now holds the old one. */
  readonly setAside: string
  readonly previous: Examination
}

interface NewLogOptions extends LogPlace {
  readonly actor: LogActor
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly now?: () => number
}

/**
 * Moves a log that no gateway starts with into a folder of its own, dated, and begins a new one whose first event after its genesis
 * names the old one. Nothing is deleted. Throws `StoreRefusedError` `recover-refused` for a log that is sound or whose fault has another
 * cure, `StoreInUseError` while a gateway runs, and what making a log throws.
 */
export function startNewLog({ actor, now = Date.now, ...place }: NewLogOptions): NewLog {
  const previous = examineLog(place)
  if (previous.problem === null || !givenUpFor.includes(previous.problem.code))
    throw refused(previous)
  const setAside = withLease(place.dir, (paths) => {
    const folder = join(paths.dir, `set-aside-${stamp(now())}`)
    mkdirSync(folder, { mode: 0o700 })
    for (const suffix of ['-wal', '-shm', '']) {
      const file = paths.database + suffix
      if (existsSync(file)) renameSync(file, join(folder, `audit.db${suffix}`))
    }
    syncFolder(folder)
    syncFolder(paths.dir)
    return folder
  })
  return withLogWriter({ ...place, now }, (writer) => {
    const fields = {
      reason: 'new_log',
      problem: previous.problem?.code ?? null,
      previous_log: previous.log,
      previous_size: previous.size,
      actor: { ...actor },
    }
    writer.append([logEvent('audit.recovered', fields, { log: writer.log, at: now() })])
    return { log: writer.log, publicKey: writer.publicKey, setAside, previous }
  })
}

function refused({ database, problem }: Examination): StoreRefusedError {
  if (problem === null)
    return new StoreRefusedError({
      code: 'recover-refused',
      message: `The audit log ${database} is sound: a gateway starts with it.`,
      suggestion:
        'Nothing is to be done. To keep several logs, give each gateway its own data folder.',
    })
  return new StoreRefusedError({
    code: 'recover-refused',
    message: `The log need not be given up. ${problem.message}`,
    suggestion: problem.suggestion,
  })
}

/** For names of folders on any system. */
function stamp(time: number): string {
  return new Date(time).toISOString().replace(/:/g, '-').replace(/\.\d+/, '')
}
