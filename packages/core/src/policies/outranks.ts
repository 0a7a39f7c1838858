import type { Match } from './policy.ts'

/**
 * True when of two matches that overlap `one` says better than `other` what stands there: what a checksum proves before
 * what only looks like it, then the longer one, then the one with the higher score.
 */
export function outranks(
  one: Pick<Match, 'start' | 'end' | 'score' | 'proven'>,
  other: Pick<Match, 'start' | 'end' | 'score' | 'proven'>,
): boolean {
  const proven = Number(one.proven === true) - Number(other.proven === true)
  if (proven !== 0) return proven > 0
  const longer = one.end - one.start - (other.end - other.start)
  return longer > 0 || (longer === 0 && one.score > other.score)
}
