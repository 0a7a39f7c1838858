import type { LogWriter } from '../log-writer.ts'
import type { ClockJumpTask, ConfirmClockResult, ConfirmClockTask } from './clock.ts'
import { confirmClock, recordClockJump } from './clock.ts'
import type {
  CountPayloadsResult,
  CountPayloadsTask,
  ErasePayloadsResult,
  ErasePayloadsTask,
} from './erase-payloads.ts'
import { countPayloads, erasePayloads } from './erase-payloads.ts'
import type { AddHoldResult, AddHoldTask, RemoveHoldResult, RemoveHoldTask } from './hold.ts'
import { addHold, removeHold } from './hold.ts'
import type { PruneByHandTask, PruneStepResult, PruneStepTask } from './prune.ts'
import { pruneByHand, pruneStep } from './prune.ts'
import type { RotateKeyResult, RotateKeyTask } from './rotate-key.ts'
import { rotateKey } from './rotate-key.ts'

/** Keeps the newest checkpoint; `size` is `null` when nothing was new. */
interface CheckpointTask {
  readonly kind: 'checkpoint'
}

/** Work on the log that is not an append, done by its one writer between two batches. */
export type LogTask =
  | RotateKeyTask
  | CheckpointTask
  | PruneStepTask
  | PruneByHandTask
  | AddHoldTask
  | RemoveHoldTask
  | ClockJumpTask
  | ConfirmClockTask
  | CountPayloadsTask
  | ErasePayloadsTask

interface Results {
  readonly 'rotate-key': RotateKeyResult
  readonly checkpoint: { readonly size: number | null }
  readonly 'prune-step': PruneStepResult
  readonly 'prune-by-hand': PruneStepResult
  readonly 'add-hold': AddHoldResult
  readonly 'remove-hold': RemoveHoldResult
  readonly 'clock-jump': { readonly suspended: boolean }
  readonly 'confirm-clock': ConfirmClockResult
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
    case 'prune-step':
      return pruneStep(writer, task)
    case 'prune-by-hand':
      return pruneByHand(writer, task)
    case 'add-hold':
      return addHold(writer, task)
    case 'remove-hold':
      return removeHold(writer, task)
    case 'clock-jump':
      return recordClockJump(writer, task)
    case 'confirm-clock':
      return confirmClock(writer, task)
    case 'count-payloads':
      return countPayloads(writer, task)
    case 'erase-payloads':
      return erasePayloads(writer, task)
  }
}
