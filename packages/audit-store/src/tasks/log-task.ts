import type { LogWriter } from '../log-writer.ts'
import type {
  CountPayloadsResult,
  CountPayloadsTask,
  ErasePayloadsResult,
  ErasePayloadsTask,
} from './erase-payloads.ts'
import { countPayloads, erasePayloads } from './erase-payloads.ts'
import type { RotateKeyResult, RotateKeyTask } from './rotate-key.ts'
import { rotateKey } from './rotate-key.ts'

/** Keeps the newest checkpoint; `size` is `null` when nothing was new. */
export interface CheckpointTask {
  readonly kind: 'checkpoint'
}

/** Work on the log that is not an append, done by its one writer between two batches. */
export type LogTask = RotateKeyTask | CheckpointTask | CountPayloadsTask | ErasePayloadsTask

interface Results {
  readonly 'rotate-key': RotateKeyResult
  readonly checkpoint: { readonly size: number | null }
  readonly 'count-payloads': CountPayloadsResult
  readonly 'erase-payloads': ErasePayloadsResult
}

/** What a task comes to. */
export type LogTaskResult<Task extends LogTask = LogTask> = Results[Task['kind']]

/** Runs a task. Throws `StoreFault`, and what SQLite and the file system throw. */
export function runTask<Task extends LogTask>(writer: LogWriter, task: Task): LogTaskResult<Task>
export function runTask(writer: LogWriter, task: LogTask): LogTaskResult {
  switch (task.kind) {
    case 'rotate-key':
      return rotateKey(writer, task)
    case 'checkpoint':
      return { size: writer.checkpoint() }
    case 'count-payloads':
      return countPayloads(writer, task)
    case 'erase-payloads':
      return erasePayloads(writer, task)
  }
}
