import { outranks } from '../outranks.ts'
import type { Detected } from './entity-detector.ts'

/** Findings that overlap: what they cover together, and the one that gives rule, type and marker. */
export interface Cluster {
  readonly start: number
  readonly end: number
  readonly best: Detected
}

/** One finding alone. */
export function clusterOf(one: Detected): Cluster {
  return { start: one.start, end: one.end, best: one }
}

/** The cluster with one finding more. */
export function joined({ start, end, best }: Cluster, one: Detected): Cluster {
  return {
    start: Math.min(start, one.start),
    end: Math.max(end, one.end),
    best: outranks(one, best) ? one : best,
  }
}

/** The cluster as one finding. */
export function asFinding({ start, end, best }: Cluster): Detected {
  return start === best.start && end === best.end ? best : { ...best, start, end }
}

/** By place; of those that begin together the longest first. */
export function inOrder(a: Detected, b: Detected): number {
  return a.start - b.start || b.end - a.end
}

/**
 * Sorts findings by place and joins those that overlap, so that nothing any of them covers survives a redaction.
 * The joined finding keeps rule and type of the one that says best what stands there.
 */
export function mergeOverlaps(found: readonly Detected[]): Detected[] {
  const merged: Detected[] = []
  let last: Cluster | null = null
  for (const next of [...found].sort(inOrder)) {
    if (last !== null && next.start < last.end) {
      last = joined(last, next)
      continue
    }
    if (last !== null) merged.push(asFinding(last))
    last = clusterOf(next)
  }
  if (last !== null) merged.push(asFinding(last))
  return merged
}
