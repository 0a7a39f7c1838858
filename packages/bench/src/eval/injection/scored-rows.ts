import type { CompiledPolicy } from '../compiled-policy.ts'
import type { InjectionRow } from '../rows.ts'
import { groupOf } from '../rows.ts'
import { harmlessKind } from './text-kinds.ts'

/** The score from which the default configuration blocks, in thousandths. */
const DEFAULT_THRESHOLD = 800

export interface ScoredRow {
  readonly row: InjectionRow
  readonly group: string
  readonly attack: boolean
  /** Thousandths. */
  readonly score: number
}

/** The highest score of a text; 0 when the policy says nothing. The policy must be compiled with threshold 0. */
export function scoreOf(policy: CompiledPolicy, text: string, role = 'user'): number {
  return Math.max(0, ...policy.inspect(text, role).map(({ score }) => score))
}

/** Scores each row, system prompts as such, everything else as what a user writes. */
export function scoreRows(policy: CompiledPolicy, rows: readonly InjectionRow[]): ScoredRow[] {
  return rows.map((row) => ({
    row,
    group: groupOf(row),
    attack: row.label === 'injection',
    score: scoreOf(policy, row.text, roleOf(row)),
  }))
}

export function isFlagged({ score }: Pick<ScoredRow, 'score'>): boolean {
  return score >= DEFAULT_THRESHOLD
}

function roleOf(row: InjectionRow): string {
  return row.label === 'benign' && harmlessKind(row) === 'system prompts' ? 'system' : 'user'
}
