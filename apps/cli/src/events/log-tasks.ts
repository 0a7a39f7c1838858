import type { LogActor, LogTask, LogTaskResult } from '@keeptrusts/audit-store'
import { keyFilesFromEnvironment, runTask, withLogWriter } from '@keeptrusts/audit-store'
import { controlClient } from '../control/control-client.ts'
import { CliError } from '../errors/cli-error.ts'
import { localPaths } from '../local-paths.ts'
import type { LogPlace } from './open-reader.ts'
import { operatorOf, osUser } from './record-read.ts'

/** Has tasks done on a log. */
export type RunLogTask = <Task extends LogTask>(task: Task) => Promise<LogTaskResult<Task>>

/** Who runs this command, for the events that record it. */
export async function currentActor({ dataDir }: LogPlace): Promise<LogActor> {
  return { os_user: osUser(), operator: await operatorOf(localPaths(dataDir)) }
}

/**
 * How tasks are done on a log: by the gateway that writes it, or here when none runs. Throws `CliError`, and the errors of the store.
 * The log must be there: the caller has read it.
 */
export async function logTasks(place: LogPlace): Promise<RunLogTask> {
  const gateway = await controlClient(place.dataDir)
  if (gateway === null) return async (task) => runHere(place, task)
  // The gateway answers a task with the result of its kind.
  return async <Task extends LogTask>(task: Task) =>
    (await gateway.runTask(task)) as LogTaskResult<Task>
}

function runHere<Task extends LogTask>(
  { dir, keysDir }: LogPlace,
  task: Task,
): LogTaskResult<Task> {
  const keyFiles = keyFilesFromEnvironment(process.env)
  return withLogWriter({ dir, keysDir, keyFiles, brief: true }, (writer) => runTask(writer, task))
}

/** What retention found wrong with the log, as an error. */
export function logChanged(problem: string): CliError {
  return new CliError({
    code: 'store-damaged',
    message: `No records were deleted, because the audit log was changed: ${problem}.`,
    suggestion: 'Run kt events verify, and keep the file: what is left of it is evidence.',
  })
}
