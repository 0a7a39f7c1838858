import type { KeptCheckpoint } from './anchors/anchor-status.ts'
import type { AnchoredFile } from './anchors/check-anchored.ts'
import type { OrphanedRequest } from './orphaned-requests.ts'

/** What a writer reports once its log is open. */
export interface OpenedLog {
  /** 32 hex digits. */
  readonly log: string
  readonly created: boolean
  /** Events in it, pruned ones included. */
  readonly size: number
  /** The verifier key of the log (C2SP signed-note form). */
  readonly publicKey: string
  readonly promptKey: Uint8Array
  /** The payload master key; `null` when no contents are to be kept. */
  readonly payloadKey: Uint8Array | null
  readonly orphans: readonly OrphanedRequest[]
  /** The newest checkpoint that is kept in it. */
  readonly checkpoint: KeptCheckpoint | null
  /** What files of anchors know about it. */
  readonly anchored: readonly AnchoredFile[]
}
