import type { Replacement } from '../json/splice-json.ts'
import { outranks } from '../policies/outranks.ts'
import type { Match } from '../policies/policy.ts'

/**
 * Turns redactions into edits that do not overlap, in ascending order. Overlapping ones become one edit over everything
 * they cover, so that no piece of any stays behind, with the replacement of the match that outranks the others.
 */
export function resolveEdits(matches: readonly Match[]): Replacement[] {
  const redactions = matches
    .filter(({ action, start, end, monitored }) => action === 'redact' && end > start && !monitored)
    .sort((a, b) => a.start - b.start || b.end - a.end)
  const edits: Replacement[] = []
  let cluster: { start: number; end: number; best: Match } | null = null
  for (const match of redactions) {
    if (cluster !== null && match.start < cluster.end) {
      cluster.end = Math.max(cluster.end, match.end)
      if (outranks(match, cluster.best)) cluster.best = match
      continue
    }
    if (cluster !== null) edits.push(editOf(cluster))
    cluster = { start: match.start, end: match.end, best: match }
  }
  if (cluster !== null) edits.push(editOf(cluster))
  return edits
}

function editOf({ start, end, best }: { start: number; end: number; best: Match }): Replacement {
  return { start, end, text: best.replacement ?? '' }
}
