import type { CompiledPolicy } from '../compiled-policy.ts'
import { shareOf } from '../metrics/ranking.ts'
import { sampleOf } from '../metrics/seeded-random.ts'
import type { ScoredRow } from './scored-rows.ts'
import { isFlagged, scoreOf } from './scored-rows.ts'
import { transforms } from './transforms.ts'

/** What one disguise does to the detector. */
export interface Robustness {
  readonly transform: string
  readonly listed: boolean
  readonly attacks: number
  /** Share of the attacks found in clear that are still found. */
  readonly kept: number
  readonly harmless: number
  /** Share of harmless prompts that are flagged in the disguise. */
  readonly flagged: number
}

const LONGEST = 1500
const MOST = 400

/** Disguises a sample of the attacks that are found in clear, and of harmless prompts that are not flagged. */
export function measureRobustness(
  policy: CompiledPolicy,
  scored: readonly ScoredRow[],
): Robustness[] {
  const short = scored.filter(({ row }) => row.text.length <= LONGEST)
  const attacks = sampleOf(
    short.filter((one) => one.attack && isFlagged(one)),
    MOST,
  )
  const harmless = sampleOf(
    short.filter((one) => !one.attack && !isFlagged(one)),
    MOST,
  )
  return transforms.map(({ name, listed, apply }) => {
    const found = ({ row }: ScoredRow) => isFlagged({ score: scoreOf(policy, apply(row.text)) })
    return {
      transform: name,
      listed,
      ...{ attacks: attacks.length, kept: shareOf(attacks, found) },
      ...{ harmless: harmless.length, flagged: shareOf(harmless, found) },
    }
  })
}
