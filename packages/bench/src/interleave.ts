import type { Bodies } from './bodies.ts'
import type { Sample, Stretch } from './sample.ts'
import { sample } from './sample.ts'
import type { Spread } from './statistics.ts'
import { spreadOf } from './statistics.ts'
import type { Subject } from './subjects/subject.ts'

interface Rounds extends Omit<Stretch, 'bodies'> {
  readonly rounds: number
  /** What the calls of a round send, the same to every subject; `body` when absent. */
  readonly bodies?: (round: number) => Bodies
}

/** Samples of every subject, one of each per round; every other round goes the other way round. */
export async function interleave(
  subjects: readonly Subject[],
  { rounds, durationMs, connections, bodies }: Rounds,
): Promise<Sample[][]> {
  const samples = subjects.map((): Sample[] => [])
  for (let round = 0; round < rounds; round++) {
    const stretch = { connections, durationMs, ...(bodies && { bodies: bodies(round) }) }
    const order = [...subjects.keys()]
    for (const i of round % 2 === 0 ? order : order.reverse()) {
      const subject = subjects[i]
      if (subject) samples[i]?.push(await sample(subject, stretch))
    }
  }
  return samples
}

/** Samples against those of another subject in the same rounds: what is compared is compared within a round. */
export interface Comparison {
  readonly p50Ratio: Spread
  readonly p50Added: Spread
  readonly rpsRatio: Spread
  /** NaN where the system does not tell CPU times. */
  readonly cpuRatio: Spread
}

/** What the samples of one subject came to by themselves; CPU is NaN where the system does not tell. */
export function summarize(mine: readonly Sample[]) {
  return {
    p50: spreadOf(mine.map((s) => s.p50)),
    p99: spreadOf(mine.map((s) => s.p99)),
    rps: spreadOf(mine.map((s) => s.rps)),
    cpuUs: spreadOf(mine.map(cpu)),
  }
}

/** Compares samples with those of `base`, round by round. */
export function compare(mine: readonly Sample[], base: readonly Sample[]): Comparison {
  const paired = (pick: (own: Sample, other: Sample) => number) =>
    spreadOf(
      mine.flatMap((own, i) => {
        const other = base[i]
        return other === undefined ? [] : [pick(own, other)]
      }),
    )
  return {
    p50Ratio: paired((own, other) => own.p50 / other.p50),
    p50Added: paired((own, other) => own.p50 - other.p50),
    rpsRatio: paired((own, other) => own.rps / other.rps),
    cpuRatio: paired((own, other) => cpu(own) / cpu(other)),
  }
}

function cpu({ cpuUs }: Sample): number {
  return cpuUs ?? Number.NaN
}
