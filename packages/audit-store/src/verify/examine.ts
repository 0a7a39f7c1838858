import type Database from 'better-sqlite3'
import { blockLeaves } from '../merkle-frontier.ts'
import { originOf } from '../notes/verifier-key.ts'
import { AnchorCheck } from './check-anchors.ts'
import { BlockCheck, treeOfBlocks } from './check-blocks.ts'
import { CheckpointCheck } from './check-checkpoints.ts'
import { checkDatabase } from './check-database.ts'
import type { HeadRow } from './check-head.ts'
import { checkHeadRow, readHead } from './check-head.ts'
import type { PinnedKey } from './check-keys.ts'
import { checkEndorsements, checkKeys, checkPin } from './check-keys.ts'
import { PayloadCheck } from './check-payloads.ts'
import type { PruneState } from './check-pruning.ts'
import { checkPruning, readPruneState, startOf } from './check-pruning.ts'
import { checkSideTables } from './check-side-tables.ts'
import { KeyEpochs } from './key-epochs.ts'
import type { Anchor, AnchorFile } from './read-anchors.ts'
import type { Finding, Findings, OpenRequest, PinReport } from './report.ts'
import type { WalkResult } from './walk.ts'
import { walkEvents } from './walk.ts'

/** What to hold a log against, and where to put what is found. */
export interface Setting {
  readonly files: readonly AnchorFile[]
  readonly pin: PinnedKey | null
  readonly fromLast: boolean
  readonly integrity: Findings
  readonly completeness: Findings
}

/** What was seen, beside the findings. */
export interface Examined {
  readonly first: number
  readonly size: number
  readonly events: number
  readonly lastTs: number | null
  readonly vkey: string | null
  readonly pin: PinReport
  readonly checkpoints: number
  readonly payloads: number
  readonly anchors: number
  readonly anchorsSkipped: number
  readonly anchored: Anchor | null
  readonly open: readonly OpenRequest[]
}

/** Looks at everything in a log, inside the read transaction that the caller has begun. Throws what SQLite throws. */
export function examine(database: Database.Database, log: string, setting: Setting): Examined {
  const { integrity } = setting
  checkDatabase(database, integrity)
  const head = readHead(database)
  const prune = readPruneState(database)
  if (!head || !prune) {
    integrity.add({ code: 'head-changed', message: 'The log has lost its head.' })
    return nothingSeen(setting.pin)
  }
  return new Examiner(database, { log, head, prune, setting }).run()
}

/** What is known of a log that could not be read. */
export function nothingSeen(pin: PinnedKey | null): Examined {
  return {
    first: 0,
    size: 0,
    events: 0,
    lastTs: null,
    vkey: null,
    pin: { source: pin?.source ?? 'none', state: 'none' },
    checkpoints: 0,
    payloads: 0,
    anchors: 0,
    anchorsSkipped: 0,
    anchored: null,
    open: [],
  }
}

/** The writer makes a log and its first event one after the other: only a crash between the two leaves none. */
const emptyLog: Finding = {
  code: 'event-missing',
  seq: 0,
  message:
    'The log has no events, not even the one it begins with. If it was made just now, start the gateway and verify again.',
}

interface ExaminerOptions {
  readonly log: string
  readonly head: HeadRow
  readonly prune: PruneState
  readonly setting: Setting
}

class Examiner {
  readonly #database: Database.Database
  readonly #options: ExaminerOptions
  readonly #keys: KeyEpochs
  readonly #origin: string
  readonly #checkpoints: CheckpointCheck
  readonly #anchors: AnchorCheck
  readonly #blocks: BlockCheck
  readonly #payloads: PayloadCheck

  constructor(database: Database.Database, options: ExaminerOptions) {
    const { log, prune, setting } = options
    const { integrity, completeness } = setting
    this.#database = database
    this.#options = options
    this.#keys = KeyEpochs.read(database)
    this.#origin = originOf(log)
    const signed = { origin: this.#origin, keys: this.#keys }
    this.#checkpoints = new CheckpointCheck(database, signed, integrity)
    const last = database.prepare('SELECT max(seq) FROM events').pluck().get() as number | null
    const size = last === null ? prune.first : last + 1
    this.#anchors = new AnchorCheck(database, { ...signed, size, integrity, completeness })
    this.#blocks = new BlockCheck(database, integrity)
    this.#payloads = new PayloadCheck(database, integrity)
  }

  run(): Examined {
    const { head, prune, setting } = this.#options
    this.#anchors.read(setting.files)
    const begin = startOf(prune)
    const start = setting.fromLast ? Math.max(begin, this.#lastBlock(head.size)) : begin
    const walk = this.#walk(start)
    this.#checkEnd(walk)
    const pin = this.#checkRules(walk, { begin, start })
    return {
      first: begin,
      size: walk.end,
      events: walk.events,
      lastTs: walk.lastTs,
      vkey: this.#keys.rows.at(-1)?.vkey ?? null,
      pin,
      checkpoints: this.#checkpoints.count,
      payloads: this.#payloads.count,
      anchors: this.#anchors.count,
      anchorsSkipped: this.#anchors.skipped,
      anchored: this.#anchors.anchored,
      open: walk.own.openRequests(),
    }
  }

  /** Where the block begins that the last stored checkpoint lies in. */
  #lastBlock(size: number): number {
    const last = this.#database
      .prepare('SELECT max(size) FROM checkpoints WHERE size <= ?')
      .pluck()
      .get(size) as number | null
    return Math.floor((last ?? 0) / blockLeaves) * blockLeaves
  }

  #walk(start: number): WalkResult {
    const { log, prune, setting } = this.#options
    const findings = setting.integrity
    const atSize = (size: number, root: () => Buffer): void => {
      const known = root()
      this.#checkpoints.pass(size, known)
      this.#anchors.pass(size, known)
    }
    this.#refuseRowsBefore(prune)
    const tree = treeOfBlocks(this.#database, { size: start, atSize, findings })
    return walkEvents(this.#database, {
      log,
      start,
      tree,
      blocks: this.#blocks,
      payloads: this.#payloads,
      nextSize: () => Math.min(this.#checkpoints.next, this.#anchors.next),
      atSize,
      findings,
    })
  }

  #refuseRowsBefore({ first, lowest }: PruneState): void {
    if (lowest === null || lowest >= first) return
    this.#options.setting.integrity.add({
      code: 'event-unexpected',
      seq: lowest,
      message: `Event ${lowest} is there, although the log says that it begins with event ${first}.`,
    })
  }

  #checkEnd({ tree, end, lastTs }: WalkResult): void {
    const { head, setting } = this.#options
    this.#checkpoints.end(end)
    this.#anchors.pass(end, tree?.root() ?? null)
    this.#blocks.end(end)
    checkHeadRow(head, {
      origin: this.#origin,
      keys: this.#keys,
      tree,
      end,
      lastTs,
      confirmed: this.#checkpoints.confirmed,
      findings: setting.integrity,
    })
  }

  #checkRules(
    { own, end, firstTs }: WalkResult,
    { begin, start }: { readonly begin: number; readonly start: number },
  ): PinReport {
    const { prune, setting } = this.#options
    const findings = setting.integrity
    const isWhole = start === begin
    const { prunings } = own
    checkPruning(this.#database, { state: prune, firstTs, prunings, isWhole, findings })
    this.#payloads.end({ first: begin, end }, own.erasures)
    const has = this.#database.prepare('SELECT 1 FROM checkpoints WHERE size = ?').pluck()
    checkEndorsements(own.rotations, { has: (size) => has.get(size) === 1, findings })
    if (end === 0) findings.add(emptyLog)
    else checkKeys({ keys: this.#keys, own, start, isWhole, findings })
    checkSideTables(this.#database, { own, isWhole, findings })
    return checkPin(setting.pin, { keys: this.#keys, own, findings })
  }
}
