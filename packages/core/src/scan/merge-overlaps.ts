import { outranks } from '../policies/outranks.ts'
import type { Span } from '../text/span.ts'

/** What a detector found, as far as joining goes. */
export interface Ranked extends Span {
  /** Thousandths. */
  readonly score: number
  /** Set when a check digit confirms it. */
  readonly proven?: true
  /** Of findings that overlap, those with the greatest weight decide what becomes of all; 0 when absent. */
  readonly weight?: number
}

/** Findings that overlap: what they cover together, and the one that gives rule, type and marker. */
export interface Cluster<Found extends Ranked> {
  readonly start: number
  readonly end: number
  readonly best: Found
}

/** One finding alone. */
export function clusterOf<Found extends Ranked>(one: Found): Cluster<Found> {
  return { start: one.start, end: one.end, best: one }
}

/** The cluster with one finding more. */
export function joined<Found extends Ranked>(
  { start, end, best }: Cluster<Found>,
  one: Found,
): Cluster<Found> {
  return {
    start: Math.min(start, one.start),
    end: Math.max(end, one.end),
    best: isBetter(one, best) ? one : best,
  }
}

function isBetter(one: Ranked, other: Ranked): boolean {
  const heavier = (one.weight ?? 0) - (other.weight ?? 0)
  return heavier > 0 || (heavier === 0 && outranks(one, other))
}

/** The cluster as one finding. */
export function asFinding<Found extends Ranked>({ start, end, best }: Cluster<Found>): Found {
  return start === best.start && end === best.end ? best : { ...best, start, end }
}

/** By place; of those that begin together the longest first. */
export function inOrder(a: Span, b: Span): number {
  return a.start - b.start || b.end - a.end
}

/**
 * Sorts findings by place and joins those that overlap, so that nothing any of them covers survives a redaction.
 * The joined finding keeps rule and type of the one that says best what stands there.
 */
export function mergeOverlaps<Found extends Ranked>(found: readonly Found[]): Found[] {
  const merged: Found[] = []
  let last: Cluster<Found> | null = null
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
