import { outranks } from '../policies/outranks.ts'
import type { Match } from '../policies/policy.ts'

/** Sorts matches by place and joins those that overlap: a block stands for all it touches, else the match that outranks the others does. */
export function joinOverlaps(matches: readonly Match[]): Match[] {
  const joined: Match[] = []
  for (const next of matches.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = joined.at(-1)
    if (last === undefined || next.start >= last.end) {
      joined.push(next)
      continue
    }
    const best = weightier(last, next)
    joined[joined.length - 1] = { ...best, start: last.start, end: Math.max(last.end, next.end) }
  }
  return joined
}

function weightier(last: Match, next: Match): Match {
  if (last.monitored !== next.monitored) return last.monitored ? next : last
  if (last.action !== next.action) return last.action === 'block' ? last : next
  return outranks(next, last) ? next : last
}
