import type { Direction, Segment } from '../message/segment.ts'
import type { Match, Policy } from '../policies/policy.ts'

/** A digest of a text, alike for no two texts that anybody can find: SHA-256, for example. */
export type Fingerprint = (text: string) => string

/** What policies found in a text of a caller before. */
export interface CallerMemory {
  /** What `policy` found in a text like this one, or `undefined` when that is not known. */
  recall(policy: Policy, segment: Segment, direction: Direction): readonly Match[] | undefined
  keep(
    policy: Policy,
    segment: Segment,
    found: { readonly direction: Direction; readonly matches: readonly Match[] },
  ): void
}

/** Entries of a generation: two of them make some megabytes. */
const generationEntries = 10_000
/** A text with more findings is rare, and takes more room than the work is worth. */
const mostMatches = 32
/** Shorter texts are looked at as quickly as they are found again. */
const leastLength = 32

/**
 * Remembers what policies found, so that the turns of a growing conversation are not looked at again with each call. It holds
 * digests and spans, no text. Each caller has memories of its own: how quickly a call is decided tells nobody what others have sent.
 * What was not asked for in a whole generation is forgotten.
 */
export class MatchMemory {
  readonly #fingerprint: Fingerprint
  readonly #digests = new WeakMap<Segment, string>()
  readonly #policies = new Map<Policy, number>()
  #young = new Map<string, readonly Match[]>()
  #old = new Map<string, readonly Match[]>()

  constructor(fingerprint: Fingerprint) {
    this.#fingerprint = fingerprint
  }

  /** Entries that are held. */
  get size(): number {
    return this.#young.size + this.#old.size
  }

  /** The memory of one caller; of all that are not known for an empty `subject`. */
  of(subject: string): CallerMemory {
    const keyOf = (policy: Policy, segment: Segment, direction: Direction): string | null => {
      if (policy.cacheable !== true || segment.text.length < leastLength) return null
      const { role, field, kind } = segment
      const digest = this.#digestOf(segment, subject)
      return `${this.#numberOf(policy)} ${direction} ${role} ${field} ${kind} ${digest}`
    }
    return {
      recall: (policy, segment, direction) => {
        const key = keyOf(policy, segment, direction)
        return key === null ? undefined : this.#recall(key)
      },
      keep: (policy, segment, { direction, matches }) => {
        const key = matches.length > mostMatches ? null : keyOf(policy, segment, direction)
        if (key !== null) this.#keep(key, matches)
      },
    }
  }

  #recall(key: string): readonly Match[] | undefined {
    const young = this.#young.get(key)
    if (young !== undefined) return young
    const old = this.#old.get(key)
    if (old !== undefined) this.#keep(key, old)
    return old
  }

  #keep(key: string, matches: readonly Match[]): void {
    if (this.#young.size >= generationEntries) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(key, matches)
  }

  /** A segment belongs to one call, and so to one caller. */
  #digestOf(segment: Segment, subject: string): string {
    const known = this.#digests.get(segment)
    if (known !== undefined) return known
    // With its length, so that nobody's name can run over into the text.
    const digest = this.#fingerprint(`${subject.length} ${subject} ${segment.text}`)
    this.#digests.set(segment, digest)
    return digest
  }

  #numberOf(policy: Policy): number {
    const known = this.#policies.get(policy)
    if (known !== undefined) return known
    const number = this.#policies.size
    this.#policies.set(policy, number)
    return number
  }
}
