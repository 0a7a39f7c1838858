import type { AuditEvent } from '@keeptrusts/core'
import type Database from 'better-sqlite3'
import { blockLeaves, MerkleFrontier } from '../merkle-frontier.ts'
import { parseCheckpoint } from '../notes/checkpoint.ts'
import { parseNote } from '../notes/signed-note.ts'
import type { PlacedEvent } from './own-events.ts'
import type { Findings } from './report.ts'

const dayMs = 86_400_000
const emptyRoot = MerkleFrontier.empty().root().toString('base64')

/** What retention has left of a log. */
export interface PruneState {
  /** The first event that is there. */
  readonly first: number
  /** The frontier of the tree of the events before. */
  readonly frontier: Buffer
  /** Up to where a pruning that a crash cut off may have deleted. */
  readonly upto: number
  /** The first event that is there in fact. */
  readonly lowest: number | null
}

/** Reads what retention has left of a log. */
export function readPruneState(database: Database.Database): PruneState | null {
  const row = database
    .prepare(
      `SELECT first, frontier, (SELECT upto FROM prune_window) AS upto, (SELECT min(seq) FROM events) AS lowest
       FROM prune`,
    )
    .get() as (Omit<PruneState, 'upto'> & { readonly upto: number | null }) | undefined
  return row && row.upto !== null ? { ...row, upto: row.upto } : null
}

/** Where reading has to begin: at `first`, or behind what a pruning that was cut off has begun to delete. */
export function startOf({ first, upto, lowest }: PruneState): number {
  const isCutOff = lowest !== null && lowest > first && lowest <= upto && upto % blockLeaves === 0
  return isCutOff ? upto : first
}

interface PruneCheck {
  readonly state: PruneState
  /** Time of the first event that is there. */
  readonly firstTs: number | null
  readonly prunings: readonly PlacedEvent[]
  /** Whether all events from `state.first` on were read. */
  readonly isWhole: boolean
  readonly findings: Findings
}

/** Checks that what is missing at the beginning was deleted by retention: at a checkpoint, old enough, and recorded in the log. */
export function checkPruning(database: Database.Database, check: PruneCheck): void {
  const { state, findings, prunings, isWhole, firstTs } = check
  const note = database.prepare('SELECT note FROM checkpoints WHERE size = ?').pluck()
  const frontier = MerkleFrontier.fromBytes(state.first, state.frontier)
  const root = state.first === 0 ? emptyRoot : storedRoot(note, state.first)
  if (state.first % blockLeaves !== 0 || frontier?.root().toString('base64') !== root) {
    wrong(
      findings,
      state.first,
      'The frontier of the deleted events is not that of the checkpoint where the log begins',
    )
  }
  let before: PlacedEvent | null = null
  for (const pruning of prunings) {
    checkRecord(pruning, { before, note, findings })
    before = pruning
  }
  if (isWhole) checkCover(state, { newest: before, findings, firstTs, prunings })
}

/** Nothing is deleted beyond what the newest record covers, and that record is at most one step ahead of the deletion. */
function checkCover(
  state: PruneState,
  {
    newest,
    findings,
    firstTs,
    prunings,
  }: Pick<PruneCheck, 'findings' | 'firstTs' | 'prunings'> & { newest: PlacedEvent | null },
): void {
  const deleted = Math.max(state.first, startOf(state))
  const covering = prunings.findLast(({ event }) => event['up_to'] === deleted)
  const goal = newest === null ? 0 : Number(newest.event['up_to'])
  if (deleted > 0 && covering === undefined) {
    findings.add({
      code: 'prune-unrecorded',
      seq: 0,
      message: `Events 0 to ${deleted - 1} are gone, and no audit.pruned of the log says so.`,
    })
  }
  if (state.upto > Math.max(state.first, goal)) {
    wrong(findings, state.upto, 'Events may be deleted further than any audit.pruned says')
  }
  const newestTs = covering?.event['newest_ts']
  if (typeof newestTs === 'number' && firstTs !== null && firstTs < newestTs) {
    wrong(findings, deleted, 'Events are gone that were newer than some that are there')
  }
}

interface RecordCheck {
  readonly before: PlacedEvent | null
  readonly note: Database.Statement
  readonly findings: Findings
}

function checkRecord(
  { seq, ts, event }: PlacedEvent,
  { before, note, findings }: RecordCheck,
): void {
  const pruned = readPruned(event)
  if (pruned === null || pruned.upTo > seq || pruned.upTo % blockLeaves !== 0) {
    wrong(findings, seq, `Event ${seq} (audit.pruned) does not say what was deleted`)
    return
  }
  if (storedRoot(note, pruned.upTo) !== pruned.root) {
    wrong(
      findings,
      seq,
      `Event ${seq} (audit.pruned) names another root than the checkpoint of ${pruned.upTo} events`,
    )
  }
  if (ts - pruned.newestTs < pruned.retentionDays * dayMs) {
    findings.add({
      code: 'prune-early',
      seq,
      message: `Event ${seq} (audit.pruned) deleted events that were younger than ${pruned.retentionDays} days.`,
    })
  }
  const previous = pruned.previous
  const expected = before?.event
  const isNext =
    expected === undefined ||
    (previous?.upTo === expected['up_to'] && previous?.root === expected['root'])
  if (!isNext || pruned.count !== pruned.upTo - (previous?.upTo ?? 0)) {
    wrong(findings, seq, `Event ${seq} (audit.pruned) does not go on where the one before it ended`)
  }
}

interface Pruned {
  readonly upTo: number
  readonly root: string
  readonly count: number
  readonly newestTs: number
  readonly retentionDays: number
  readonly previous: { readonly upTo: number; readonly root: unknown } | null
}

function readPruned(event: AuditEvent): Pruned | null {
  const { up_to: upTo, root, count, newest_ts: newestTs, retention_days: retentionDays } = event
  const previous = event['previous'] as { up_to?: unknown; root?: unknown } | null | undefined
  if (typeof root !== 'string') return null
  if (![upTo, count, newestTs, retentionDays].every((value) => Number.isSafeInteger(value))) {
    return null
  }
  return {
    upTo: Number(upTo),
    root,
    count: Number(count),
    newestTs: Number(newestTs),
    retentionDays: Number(retentionDays),
    previous: previous ? { upTo: Number(previous.up_to), root: previous.root } : null,
  }
}

function storedRoot(note: Database.Statement, size: number): string | null {
  const stored = parseCheckpoint(parseNote(String(note.get(size)))?.text ?? '')
  return stored?.root.toString('base64') ?? null
}

function wrong(findings: Findings, size: number, problem: string): void {
  findings.add({ code: 'prune-changed', size, message: `${problem}.` })
}
