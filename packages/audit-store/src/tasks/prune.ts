import type { LogActor } from '../log-events.ts'
import { logEvent } from '../log-events.ts'
import type { LogWriter } from '../log-writer.ts'
import { beginPruning } from '../retention/begin-pruning.ts'
import { checkBeforeDeleting } from '../retention/check-before-deleting.ts'
import { clockState } from '../retention/clock-state.ts'
import { continuePruning } from '../retention/continue-pruning.ts'
import { newestOwnRow } from '../retention/own-rows.ts'
import type { PruneReason } from '../retention/prune-plan.ts'
import { planPruning } from '../retention/prune-plan.ts'
import type { PruneState } from '../retention/prune-state.ts'
import { readPruneState } from '../retention/prune-state.ts'

/** One piece of deleting what is older than its retention: small enough to lie between two batches of events. */
export interface PruneStepTask {
  readonly kind: 'prune-step'
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** One piece of deleting, on somebody's word, whole blocks of events from before a time; retention allows it only with `immutable: false`. */
export interface PruneByHandTask {
  readonly kind: 'prune-by-hand'
  /** Milliseconds since the epoch. */
  readonly before: number
  readonly actor: LogActor
  /** Milliseconds since the epoch. */
  readonly now: number
}

/**
 * What a piece came to: there is more to do, nothing is left, the clock is not trusted, or the log is not what was signed: then nothing is
 * deleted, and `problem` says in a clause why.
 */
export type PruneStepResult = (
  | { readonly state: 'working' | 'idle' | 'suspended' }
  | { readonly state: 'damaged'; readonly problem: string }
) & {
  /** The first event that is kept. */
  readonly first: number
}

/** Does one piece of what retention asks for. Throws what SQLite throws. */
export function pruneStep(writer: LogWriter, { now }: PruneStepTask): PruneStepResult {
  const { database } = writer
  const state = readPruneState(database)
  // What is recorded as deleted goes, whatever the clock says by now.
  if (state.goal === null && clockState(database).suspended) {
    return { state: 'suspended', first: state.first }
  }
  return step(writer, { state, reason: { kind: 'age', now }, actor: null, now })
}

/** Does one piece of what somebody asks for. Throws what SQLite throws. */
export function pruneByHand(
  writer: LogWriter,
  { before, actor, now }: PruneByHandTask,
): PruneStepResult {
  const state = readPruneState(writer.database)
  return step(writer, { state, reason: { kind: 'by-hand', before }, actor, now })
}

interface Piece {
  readonly state: PruneState
  readonly reason: PruneReason
  readonly actor: LogActor | null
  readonly now: number
}

function step(writer: LogWriter, piece: Piece): PruneStepResult {
  const { first, goal } = piece.state
  const { problem, isDone } =
    goal === null ? begin(writer, piece) : proceed(writer, { state: piece.state, upTo: goal })
  if (problem !== null) {
    recordDamage(writer, { problem, first, now: piece.now })
    return { state: 'damaged', problem, first }
  }
  return { state: isDone ? 'idle' : 'working', first: readPruneState(writer.database).first }
}

interface Outcome {
  readonly problem: string | null
  readonly isDone: boolean
}

function begin(writer: LogWriter, { state, reason, actor, now }: Piece): Outcome {
  const { database, log } = writer
  const plan = planPruning(database, state, reason)
  if (plan === null) return { problem: null, isDone: true }
  const checked = checkBeforeDeleting(database, state, { log, upTo: plan.upTo })
  if (checked.problem !== null) return { problem: checked.problem, isDone: true }
  beginPruning(writer, { state, plan, tree: checked.tree, actor, now })
  return { problem: null, isDone: false }
}

function proceed(
  writer: LogWriter,
  under: { readonly state: PruneState; readonly upTo: number },
): Outcome {
  return { problem: continuePruning(writer, under), isDone: false }
}

/** Once, not every hour. */
function recordDamage(
  writer: LogWriter,
  {
    problem,
    first,
    now,
  }: { readonly problem: string; readonly first: number; readonly now: number },
): void {
  const known = newestOwnRow(writer.database, 'audit.integrity')?.event
  if (known?.['problem'] === problem) return
  const fields = { found_by: 'retention', first, problem }
  writer.append([logEvent('audit.integrity', fields, { log: writer.log, at: now })])
}
