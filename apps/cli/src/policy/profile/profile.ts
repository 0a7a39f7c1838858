import type { MeasuredSaving } from './measure-savings.ts'

/** Times of one part of the work, microseconds. */
export interface Figures {
  readonly p50: number
  readonly p99: number
  readonly max: number
  /** Microseconds per 1,000 bytes of JSON. */
  readonly perKb: number
  /** Of the whole, 0..1. */
  readonly share: number
}

/** One policy on one side of the calls of a group. */
interface PolicyProfile {
  readonly kind: string
  /** `null` when it never ran; then `idle` says why. */
  readonly figures: Figures | null
  readonly idle: string | null
}

/** Requests or answers of a group. */
export interface SideProfile {
  /** Bytes of JSON, of all prompts of the group together. */
  readonly bytes: number
  /** In chain order. */
  readonly policies: readonly PolicyProfile[]
  /** What belongs to no policy: reading the body, putting edits in, the event. */
  readonly shared: Figures
  readonly whole: Figures
  /** Waiting for plug-ins' servers, in no other figure; `null` when nothing waited. */
  readonly waited: Figures | null
}

export interface GroupProfile {
  readonly name: string
  readonly prompts: number
  /** How many prompts each kind would have refused. */
  readonly refused: ReadonlyMap<string, number>
  readonly request: SideProfile
  readonly answer: SideProfile
}

/** What a chain took. */
export interface Profile {
  readonly pack: { readonly name: string; readonly version: string }
  readonly chain: readonly { readonly kind: string; readonly mode: string }[]
  /** Of each prompt, after the warm-up. */
  readonly runs: number
  readonly groups: readonly GroupProfile[]
  readonly savings: readonly MeasuredSaving[]
  /** Bytes from which a request takes more than a turn of the event loop; `null` when none that is let in does. */
  readonly slowFrom: number | null
  readonly turnMs: number
}
