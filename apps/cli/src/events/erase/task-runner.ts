import { existsSync } from 'node:fs'
import type { LogTask, LogTaskResult } from '@keeptrusts/audit-store'
import {
  keyFilesFromEnvironment,
  runTask,
  StoreMissingError,
  storePaths,
  withLogWriter,
} from '@keeptrusts/audit-store'
import { controlClient } from '../../control/control-client.ts'
import type { LogPlace } from '../open-reader.ts'

/** Whoever writes a log, for work on it. */
export interface TaskRunner {
  run<Task extends LogTask>(task: Task): Promise<LogTaskResult<Task>>
}

/**
 * The writer of a log: the gateway that runs, or this process for one task after the other. Throws `StoreMissingError` when there is
 * no log, which opening for writing would make; `run` throws `StoreInUseError` while a gateway starts or stops.
 */
export async function taskRunner({ dataDir, dir, keysDir }: LogPlace): Promise<TaskRunner> {
  const { database } = storePaths(dir)
  if (!existsSync(database)) throw new StoreMissingError(database)
  const gateway = await controlClient(dataDir)
  // A gateway of this folder can keep its log elsewhere, or none.
  if (gateway !== null && (await gateway.status()).log?.folder === dir) {
    return {
      run: async <Task extends LogTask>(task: Task) =>
        (await gateway.runTask(task)) as LogTaskResult<Task>,
    }
  }
  const place = { dir, keysDir, keyFiles: keyFilesFromEnvironment(process.env), brief: true }
  return { run: async (task) => withLogWriter(place, (writer) => runTask(writer, task)) }
}
