import { checkedMatches } from '../engine/find-matches.ts'
import type { Segment } from '../message/segment.ts'
import type { Match, Policy, Scanned, TextScanner } from '../policies/policy.ts'
import { joinOverlaps } from './join-overlaps.ts'

/** Stands in for a policy that cannot stream: the text is gathered, and inspected when it is complete. */
export class GatherScanner implements TextScanner<Match> {
  readonly #policy: Policy
  readonly #place: Omit<Segment, 'text'>
  readonly #pieces: string[] = []

  constructor(policy: Policy, place: Omit<Segment, 'text'>) {
    this.#policy = policy
    this.#place = place
  }

  push(text: string): Scanned<Match> {
    this.#pieces.push(text)
    return { found: [], decided: 0 }
  }

  end(): Scanned<Match> {
    const text = this.#pieces.join('')
    const segment = Object.freeze({ ...this.#place, text })
    const found = text === '' ? [] : (this.#policy.inspect?.(segment, 'response') ?? [])
    return { found: joinOverlaps(checkedMatches(found, text)), decided: text.length }
  }
}
