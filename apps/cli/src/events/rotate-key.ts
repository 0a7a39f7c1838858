import { join } from 'node:path'
import type { LogTask, LogTaskResult } from '@keeptrusts/audit-store'
import {
  keyFilesFromEnvironment,
  readKeyReport,
  runTask,
  withLogWriter,
} from '@keeptrusts/audit-store'
import { controlClient } from '../control/control-client.ts'
import { CliError } from '../errors/cli-error.ts'
import { localPaths } from '../local-paths.ts'
import type { LogPlace } from './open-reader.ts'
import { requireLog } from './open-reader.ts'

type RotateTask = Extract<LogTask, { kind: 'rotate-key' }>

/**
 * Rotates a key of the log of a place, through the gateway that writes it, or alone when none runs. Throws `CliError`, and what the log
 * throws: `key-missing`, `key-not-lost`, `store-missing`, …
 */
export async function rotateKey(
  place: LogPlace,
  task: RotateTask,
): Promise<LogTaskResult<RotateTask>> {
  requireLog(place)
  const { log } = readKeyReport(place)
  const gateway = await controlClient(place.dataDir)
  // A gateway of this folder can keep its log elsewhere.
  if (gateway === null || (await gateway.status()).log?.id !== log) return rotateAlone(place, task)
  if (task.lost) throw notLost()
  return (await gateway.runTask(task)) as LogTaskResult<RotateTask>
}

function rotateAlone(
  { dir, keysDir, dataDir }: LogPlace,
  task: RotateTask,
): LogTaskResult<RotateTask> {
  const options = {
    dir,
    keysDir,
    keyFiles: keyFilesFromEnvironment(process.env),
    anchors: { places: undefined, folder: join(localPaths(dataDir).configDir, 'anchors') },
    ...(task.lost && { lost: [task.key] }),
  }
  return withLogWriter(options, (writer) => runTask(writer, task))
}

function notLost(): CliError {
  return new CliError({
    code: 'key-not-lost',
    message: 'The running gateway has the key, even when its file is gone.',
    suggestion: 'Rotate it without --lost: then the old key vouches for the new one.',
  })
}
