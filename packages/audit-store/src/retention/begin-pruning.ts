import type { AuditValue } from '@keeptrusts/core'
import type Database from 'better-sqlite3'
import { readRestores } from '../anchors/restores.ts'
import type { LogActor } from '../log-events.ts'
import { logEvent } from '../log-events.ts'
import type { LogWriter } from '../log-writer.ts'
import type { MerkleFrontier } from '../merkle-frontier.ts'
import { KeyEpochs } from '../verify/key-epochs.ts'
import { newestOwnRow } from './own-rows.ts'
import type { PrunePlan } from './prune-plan.ts'
import type { PruneState } from './prune-state.ts'

/** A pruning that may begin. */
export interface Decided {
  readonly state: PruneState
  readonly plan: PrunePlan
  /** Of the events below `plan.upTo`. */
  readonly tree: MerkleFrontier
  /** Who deletes by hand; `null` when retention does. */
  readonly actor: LogActor | null
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** Records what will be deleted, and lets it be deleted, in one transaction. From here on the pruning is carried through, also after a crash. */
export function beginPruning(writer: LogWriter, decided: Decided): void {
  const event = logEvent('audit.pruned', prunedFields(writer, decided), {
    log: writer.log,
    at: decided.now,
  })
  writer.transact(({ database, append }) => {
    append([event])
    database.prepare('UPDATE prune_window SET upto = ?').run(decided.plan.upTo)
  })
}

/** Restates whatever a verifier would have looked for in the events that go. */
function prunedFields(
  { database, promptKeyId }: LogWriter,
  { state, plan, tree, actor }: Decided,
): Record<string, AuditValue> {
  const { upTo, setting } = plan
  const time = database.prepare('SELECT ts FROM events WHERE seq = ?').pluck()
  return {
    up_to: upTo,
    root: tree.root().toString('base64'),
    count: upTo - state.first,
    oldest_ts: time.get(state.first) as number,
    newest_ts: time.get(upTo - 1) as number,
    retention_days: setting.days,
    immutable: setting.immutable,
    ...(actor && { by_hand: true }),
    signing_keys: KeyEpochs.read(database).rows.map(({ from_size, vkey }) => ({ from_size, vkey })),
    prompt_key: promptKeyId,
    restores: readRestores(database).map((restore) => ({ ...restore })),
    previous: previousOf(database),
    config_hash: newestOwnRow(database, 'gateway.started')?.event['config_hash'] ?? null,
    actor: actor && { ...actor },
  }
}

function previousOf(database: Database.Database): AuditValue {
  const previous = newestOwnRow(database, 'audit.pruned')?.event
  if (!previous) return null
  const { up_to, root, time } = previous
  return { up_to: up_to ?? null, root: root ?? null, time }
}
