import type { EntitySpan } from '../rows.ts'

/** Counts of one entity over many rows. */
export interface SpanCounts {
  rows: number
  labelled: number
  found: number
  /** Found with exactly the labelled ends. */
  exact: number
  /** Labelled spans that something found of the same type overlaps. */
  reached: number
  /** Found spans that overlap something labelled of the same type. */
  right: number
}

export interface Figures {
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

export function noCounts(): SpanCounts {
  return { rows: 0, labelled: 0, found: 0, exact: 0, reached: 0, right: 0 }
}

/** Adds one row: what is labelled of one type and what was found of it. */
export function addRow(
  counts: SpanCounts,
  labelled: readonly EntitySpan[],
  found: readonly EntitySpan[],
): void {
  counts.rows += 1
  counts.labelled += labelled.length
  counts.found += found.length
  counts.exact += found.filter((one) => labelled.some((other) => isSame(one, other))).length
  counts.reached += labelled.filter((one) => found.some((other) => overlap(one, other))).length
  counts.right += found.filter((one) => labelled.some((other) => overlap(one, other))).length
}

/** Only what has exactly the labelled ends counts. `NaN` where nothing is labelled or nothing was found. */
export function strictFigures({ labelled, found, exact }: SpanCounts): Figures {
  return figures(exact / found, exact / labelled)
}

/** One common character is enough. */
export function overlapFigures({ labelled, found, reached, right }: SpanCounts): Figures {
  return figures(right / found, reached / labelled)
}

/** Findings that overlap nothing labelled of their type. */
export function spurious({ found, right }: SpanCounts): number {
  return found - right
}

export function isSame(one: EntitySpan, other: EntitySpan): boolean {
  return one.type === other.type && one.start === other.start && one.end === other.end
}

function overlap(one: EntitySpan, other: EntitySpan): boolean {
  return one.type === other.type && one.start < other.end && other.start < one.end
}

function figures(precision: number, recall: number): Figures {
  const sum = precision + recall
  return { precision, recall, f1: sum === 0 ? 0 : (2 * precision * recall) / sum }
}
