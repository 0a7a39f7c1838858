import type { PolicyDefinition } from '@keeptrusts/core'
import { mustCompile } from '../compiled-policy.ts'
import { groupBy } from '../group-by.ts'
import type { Interval } from '../metrics/bootstrap.ts'
import { bootstrapByGroup } from '../metrics/bootstrap.ts'
import type { CalibrationBin } from '../metrics/calibration-curve.ts'
import { calibrationCurve } from '../metrics/calibration-curve.ts'
import { rankWeighted, shareOf, thresholdAt } from '../metrics/ranking.ts'
import type { InjectionRow } from '../rows.ts'
import { readRows } from '../rows.ts'
import type { IndirectFigures } from './indirect.ts'
import { measureIndirect } from './indirect.ts'
import type { Robustness } from './robustness.ts'
import { measureRobustness } from './robustness.ts'
import type { ScoredRow } from './scored-rows.ts'
import { isFlagged, scoreRows } from './scored-rows.ts'
import { attackKind, harmlessKind } from './text-kinds.ts'

/** How attacks of one kind stand out from all harmless prompts. */
interface Separation {
  readonly attacks: string
  readonly rows: number
  readonly groups: number
  readonly auc: Interval
  /** At the limit that 1 % of the harmless prompts exceed. */
  readonly recallAt1: Interval
  /** At the default threshold. */
  readonly recall: number
}

/** The rows of one subset of one source. */
interface SubsetFigures {
  readonly source: string
  readonly subset: string
  readonly label: InjectionRow['label']
  readonly rows: number
  /** Share at or above the default threshold: recall of attacks, false alarms of harmless ones. */
  readonly flagged: number
  /** Share above the limit that 1 % of all harmless prompts exceed. */
  readonly above1: number
}

interface HarmlessFigures {
  readonly kind: string
  readonly rows: number
  readonly flagged: number
}

export interface InjectionResult {
  readonly separation: readonly Separation[]
  readonly harmless: readonly HarmlessFigures[]
  readonly subsets: readonly SubsetFigures[]
  readonly calibration: readonly CalibrationBin[]
  readonly robustness: readonly Robustness[]
  readonly indirect: IndirectFigures | null
}

/** Measures the policy on `injection*.jsonl.gz` of the folder; `null` when there are no such rows. */
export function evaluateInjection(
  definition: PolicyDefinition,
  folder: string,
): InjectionResult | null {
  const rows = readRows<InjectionRow>(folder, 'injection')
  if (rows.length === 0) return null
  // With this threshold every score comes back.
  const policy = mustCompile(definition, { detection: { embedding_threshold: 0 } })
  const isTask = ({ subset }: InjectionRow) => /^bipia-/.test(subset ?? '')
  const scored = scoreRows(
    policy,
    rows.filter((row) => !isTask(row)),
  )
  const prompts = scored.filter(
    ({ attack, row }) => attack || harmlessKind(row) !== 'system prompts',
  )
  return {
    separation: separations(prompts),
    harmless: harmlessFigures(scored),
    subsets: subsetFigures(scored, limitOf(prompts)),
    calibration: calibrationCurve(
      prompts.map(({ score, attack }) => ({ score: score / 1000, attack })),
    ),
    robustness: measureRobustness(policy, prompts),
    indirect: measureIndirect(policy, scored, rows.filter(isTask)) ?? null,
  }
}

function limitOf(prompts: readonly ScoredRow[]): number {
  return thresholdAt(
    prompts.filter(({ attack }) => !attack).map(({ score }) => score),
    0.01,
  )
}

function separations(prompts: readonly ScoredRow[]): Separation[] {
  const harmless = prompts.filter(({ attack }) => !attack)
  const attacks = prompts.filter(({ attack }) => attack)
  const kinds = {
    all: attacks,
    overrides: attacks.filter(({ row }) => attackKind(row) === 'overrides'),
    'other families': attacks.filter(({ row }) => attackKind(row) === 'other families'),
  }
  return Object.entries(kinds)
    .filter(([, members]) => members.length > 0 && harmless.length > 0)
    .map(([name, members]) => separation(name, members, harmless))
}

function separation(
  name: string,
  attacks: readonly ScoredRow[],
  harmless: readonly ScoredRow[],
): Separation {
  const all = [...attacks, ...harmless]
  const groups = all.map(({ group }) => group)
  const ranking = rankWeighted(all.map(({ score, attack }) => ({ score, attack, weight: 1 })))
  return {
    attacks: name,
    rows: attacks.length,
    groups: new Set(attacks.map(({ group }) => group)).size,
    auc: bootstrapByGroup(groups, (weights) => ranking.area(weights)),
    recallAt1: bootstrapByGroup(groups, (weights) => ranking.recallAt(0.01, weights)),
    recall: shareOf(attacks, isFlagged),
  }
}

function harmlessFigures(scored: readonly ScoredRow[]): HarmlessFigures[] {
  const harmless = scored.filter(({ attack }) => !attack)
  return groupBy(harmless, ({ row }) => harmlessKind(row)).map(([kind, members]) => ({
    kind,
    rows: members.length,
    flagged: shareOf(members, isFlagged),
  }))
}

function subsetFigures(scored: readonly ScoredRow[], limit: number): SubsetFigures[] {
  const keyOf = ({ row, group }: ScoredRow) => `${row.label}\n${row.subset ?? ''}\n${group}`
  return groupBy(scored, keyOf).flatMap(([, members]) => {
    const [first] = members
    if (first === undefined) return []
    return {
      source: first.group,
      subset: first.row.subset ?? '',
      label: first.row.label,
      rows: members.length,
      flagged: shareOf(members, isFlagged),
      above1: shareOf(members, ({ score }) => score > limit),
    }
  })
}
