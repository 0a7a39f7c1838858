/** What can be wrong with a log, by what the finding is about. */
export type FindingCode =
  | 'database-damaged'
  | 'schema-changed'
  | 'meta-changed'
  | 'event-missing'
  | 'event-unexpected'
  | 'event-changed'
  | 'event-columns'
  | 'event-form'
  | 'event-time'
  | 'block-changed'
  | 'checkpoint-changed'
  | 'checkpoint-signature'
  | 'checkpoint-missing'
  | 'checkpoint-unexpected'
  | 'head-changed'
  | 'key-unrecorded'
  | 'key-foreign'
  | 'key-unendorsed'
  | 'prune-unrecorded'
  | 'prune-early'
  | 'prune-changed'
  | 'payload-changed'
  | 'payload-missing'
  | 'payload-unexpected'
  | 'config-changed'
  | 'config-missing'
  | 'anchor-mismatch'
  | 'anchor-signature'
  | 'truncated'

/** One thing that is wrong, and where. */
export interface Finding {
  readonly code: FindingCode
  /** One sentence for people. */
  readonly message: string
  /** The event it is about, or the first of them. */
  readonly seq?: number
  /** The tree it is about: that of the first `size` events. */
  readonly size?: number
}

/** A request that was let through and whose end is not in the log. */
export interface OpenRequest {
  readonly seq: number
  readonly request_id: string
}

/** Which key the verdict rests on. */
export interface PinReport {
  /** Where the key came from; `none`: the log was only held against itself. */
  readonly source: 'given' | 'key-file' | 'none'
  /** `current`: it signs the log now. `endorsed`: it was followed by keys that it vouched for. `outlived`: what followed it is deleted by retention. */
  readonly state: 'current' | 'endorsed' | 'outlived' | 'foreign' | 'unendorsed' | 'none'
}

/** What `verifyLog` found out. */
export interface VerifyReport {
  readonly log: string
  /** Whether what is here is what was written. */
  readonly integrity: {
    readonly verdict: 'intact' | 'tampered'
    readonly findings: readonly Finding[]
    /** How many there were; `findings` holds the first hundred. */
    readonly total: number
  }
  /** Whether anything is missing at the end. Only an anchor can tell. */
  readonly completeness: {
    readonly verdict: 'proven' | 'unproven' | 'broken'
    readonly findings: readonly Finding[]
    readonly total: number
    /** Events up to which an anchor vouches; `null` without one. */
    readonly anchored_size: number | null
    /** Time of that anchor as its file tells it, which proves nothing by itself. */
    readonly anchored_at: string | null
  }
  /** The finding about the earliest event. */
  readonly first: Finding | null
  readonly key: PinReport & {
    /** Verifier key of the newest checkpoint. */
    readonly vkey: string | null
  }
  /** Whether a gateway writes the log although its newest event is more than two hours old. */
  readonly stale: boolean
  /** Whether only the part since the last stored checkpoint was looked at. */
  readonly partial: boolean
  readonly counts: {
    /** First event that retention has left. */
    readonly first: number
    /** Events ever written. */
    readonly size: number
    /** Events read. */
    readonly events: number
    readonly checkpoints: number
    readonly anchors: number
    /** Anchors that say nothing that could be compared any more, and lines that could not be read. */
    readonly anchors_skipped: number
    readonly payloads: number
    readonly open_requests: number
  }
  /** The first hundred requests without an end. */
  readonly open_requests: readonly OpenRequest[]
  readonly seconds: number
  /** 0 intact, 1 tampered, 3 intact but un-anchored, unpinned or stale; 2 (could not check) is an error of `verifyLog`. */
  readonly exit: 0 | 1 | 3
}

const kept = 100

/** Gathers findings: keeps the first hundred, counts all, and knows the one about the earliest event. */
export class Findings {
  readonly list: Finding[] = []
  total = 0
  first: Finding | null = null

  /** Adds a finding. */
  add(finding: Finding): void {
    this.total += 1
    if (this.list.length < kept) this.list.push(finding)
    if (this.first === null || placeOf(finding) < placeOf(this.first)) this.first = finding
  }
}

/** What is known of a tree is known of its last event; findings about no event come after all others. */
function placeOf({ seq, size }: Finding): number {
  return size === undefined ? (seq ?? Number.MAX_SAFE_INTEGER) : Math.max(0, size - 1)
}

/** The earlier of two findings. */
export function earlierFinding(left: Finding | null, right: Finding | null): Finding | null {
  if (left === null || right === null) return left ?? right
  return placeOf(right) < placeOf(left) ? right : left
}
