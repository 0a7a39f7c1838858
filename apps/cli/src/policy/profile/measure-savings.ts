import type { ChainPolicy, Config, Saving } from '@keeptrusts/core'
import type { Chains, MeasuredChain, Subject } from './subject.ts'
import { requestInput } from './subject.ts'

/** What a change of options would save. */
export interface MeasuredSaving extends Pick<Saving, 'option' | 'change' | 'loses'> {
  readonly policy: string
  /** Of the policy's time on requests, -∞ to 1; small values are chance. */
  readonly share: number
}

const mostSubjects = 12
const mostSavings = 24
const warmUpRounds = 2
const rounds = 15

/** Tries each saving that the policies offer: the policy alone, with and without it, in turns. */
export async function measureSavings(
  { chain }: Pick<Config, 'chain'>,
  { chains, subjects }: { readonly chains: Chains; readonly subjects: readonly Subject[] },
): Promise<MeasuredSaving[]> {
  const some = spread(subjects)
  const measured: MeasuredSaving[] = []
  for (const entry of chain) {
    const savings = (entry.definition.savings?.(entry.options) ?? []).slice(0, mostSavings)
    if (savings.length === 0) continue
    const variants = [entry.options, ...savings.map(({ options }) => options)]
    const engines = variants.map((options) => chains.of([alone(entry, options)]))
    const [whole = 0, ...times] = await timesOf(engines, some)
    savings.forEach(({ option, change, loses }, index) => {
      const share = whole === 0 ? 0 : 1 - (times[index] ?? whole) / whole
      measured.push({ policy: entry.kind, option, change, loses, share })
    })
  }
  return measured
}

/** A policy that stops nothing, so that every variant does all of its work. */
function alone(entry: ChainPolicy, options: ChainPolicy['options']): ChainPolicy {
  return { ...entry, options, mode: 'monitor' }
}

/** Of many subjects some, of all sizes. */
function spread(subjects: readonly Subject[]): readonly Subject[] {
  if (subjects.length <= mostSubjects) return subjects
  const sorted = [...subjects].sort((a, b) => a.request.length - b.request.length)
  const step = (sorted.length - 1) / (mostSubjects - 1)
  const places = Array.from({ length: mostSubjects }, (_, index) => Math.round(index * step))
  return places.flatMap((place) => sorted[place] ?? [])
}

/** Microseconds of each engine's policy over all subjects: the quickest, which other programs disturbed least. */
async function timesOf(
  engines: readonly MeasuredChain[],
  subjects: readonly Subject[],
): Promise<number[]> {
  const times = engines.map(() => subjects.map((): number[] => []))
  for (let round = -warmUpRounds; round < rounds; round++) {
    for (const [place, subject] of subjects.entries()) {
      for (const [which, { engine }] of engines.entries()) {
        const { policies } = await engine.checkRequest(requestInput(subject))
        if (round >= 0) times[which]?.[place]?.push(policies[0]?.duration_us ?? 0)
      }
    }
  }
  return times.map((all) => all.reduce((sum, one) => sum + Math.min(...one), 0))
}
