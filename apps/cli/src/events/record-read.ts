import { userInfo } from 'node:os'
import type { AuditReader, LogActor } from '@keeptrusts/audit-store'
import type { AuditEvent } from '@keeptrusts/core'
import { newEventId } from '@keeptrusts/core'
import { readProfiles } from '../auth/credentials-file.ts'
import { signedInTo } from '../auth/profiles.ts'
import { TOKEN_VARIABLE } from '../auth/token-variable.ts'
import { CliError } from '../errors/cli-error.ts'
import { toFailure } from '../errors/to-failure.ts'
import type { LocalPaths } from '../local-paths.ts'
import { localPaths } from '../local-paths.ts'
import type { OpenLog } from './open-reader.ts'

/** What a command is about to show, without any text of a call. */
export interface LogRead {
  /** `audit.read` when absent. */
  readonly type?: 'audit.read' | 'audit.export' | 'audit.verify'
  /** As typed, as in `events list`. */
  readonly command: string
  /** The flags that chose the records. */
  readonly filter: Readonly<Record<string, string | number | boolean | null>>
  /** How many calls or records will be shown; `null` when nobody can know yet. */
  readonly count: number | null
  /** What a verification found. */
  readonly result?: Readonly<Record<string, string | number>>
}

/**
 * Records that somebody reads the log, before anything of it is shown: one event per command, and only for a log that records
 * every access (decision L1). Resolves once it is durable. Throws `CliError` `read-not-recorded`: then nothing may be shown.
 */
export async function recordRead(log: OpenLog, read: LogRead): Promise<void> {
  try {
    await appendRead(log, read)
  } catch (error) {
    throw refused(error)
  }
}

/** `recordRead` for what must be told in any case. Throws why it could not be recorded. */
export async function appendRead(log: OpenLog, read: LogRead): Promise<void> {
  if (!recordsReads(log.reader)) return
  const paths = localPaths(log.place.dataDir)
  const { readLogOf } = await import('./read-log.ts')
  await readLogOf(log).append(readEvent(read, await currentActor(paths)))
}

/** Whether reads of this log are recorded: what its gateway runs with, or last ran with, says `log_all_access: true`. */
export function recordsReads(reader: AuditReader): boolean {
  const settings = reader.lastSettings()
  // Retention may have removed the start of a gateway that runs for long: better one record too many.
  if (settings === null) return reader.extent().first > 0
  return settings['recording'] === 'every'
}

function readEvent(
  { type = 'audit.read', command, filter, count, result }: LogRead,
  actor: LogActor,
): AuditEvent {
  const now = Date.now()
  return {
    id: newEventId(now),
    type,
    time: new Date(now).toISOString(),
    stage: 'audit',
    command,
    filter,
    count,
    ...(result && { result }),
    actor: { ...actor },
  }
}

/** Who runs this command: the account of the system and the signed-in operator (decision K1). */
export async function currentActor(paths: LocalPaths): Promise<LogActor> {
  return { os_user: osUser(), operator: await operatorOf(paths) }
}

/** The name the system knows the user by, or its number when it has no name. */
export function osUser(): string {
  try {
    return userInfo().username
  } catch {
    return String(process.getuid?.() ?? 'unknown')
  }
}

/**
 * E-mail of the stored sign-in to this gateway. It is not checked against the access store, which would cost as much as the
 * whole command: who the user is, the system says.
 */
export async function operatorOf(paths: LocalPaths): Promise<string | null> {
  if (process.env[TOKEN_VARIABLE]) return operatorOfVariable(paths)
  return signedInTo(readProfiles(paths.credentials), paths.dataDir)
}

/** A bare token names nobody, so here the access store has to be asked; one that is not valid is nobody's. */
async function operatorOfVariable(paths: LocalPaths): Promise<string | null> {
  const { currentToken, sessionOf } = await import('../auth/current-session.ts')
  const token = currentToken(paths)
  const session = token && (await sessionOf(token).catch(() => null))
  return session?.operator.email ?? null
}

function refused(cause: unknown): CliError {
  const { message, where, suggestion } = toFailure(cause)
  return new CliError({
    code: 'read-not-recorded',
    message: `Nothing is shown, because this read could not be recorded: ${message}`,
    ...(where === undefined ? {} : { where }),
    ...(suggestion === undefined ? {} : { suggestion }),
  })
}
