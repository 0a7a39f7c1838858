import { median } from './command-start.ts'
import type { Sample } from './sample.ts'
import { sample } from './sample.ts'
import type { Subject } from './subjects.ts'

interface Rounds {
  readonly rounds: number
  readonly durationMs: number
  readonly connections: number
}

/** Samples of every subject, one of each per round; every other round goes the other way round. */
export async function interleave(
  subjects: readonly Subject[],
  { rounds, durationMs, connections }: Rounds,
): Promise<Sample[][]> {
  const samples = subjects.map((): Sample[] => [])
  for (let round = 0; round < rounds; round++) {
    const order = [...subjects.keys()]
    for (const i of round % 2 === 0 ? order : order.reverse()) {
      const subject = subjects[i]
      if (subject) samples[i]?.push(await sample(subject, { connections, durationMs }))
    }
  }
  return samples
}

/** Medians of samples, and medians of their ratios and differences to those of the same round. */
export function compare(mine: readonly Sample[], base: readonly Sample[]) {
  const of = (pick: (sample: Sample) => number) => median(mine.map(pick))
  const paired = (pick: (own: Sample, other: Sample) => number) =>
    median(mine.map((own, i) => pick(own, base[i] ?? own)))
  const cpu = (one: Sample) => one.cpuUs ?? Number.NaN
  return {
    p50: of((s) => s.p50),
    p50Ratio: paired((own, other) => own.p50 / other.p50),
    p50Added: paired((own, other) => own.p50 - other.p50),
    cpuUs: of(cpu),
    cpuRatio: paired((own, other) => cpu(own) / cpu(other)),
    rps: of((s) => s.rps),
  }
}
