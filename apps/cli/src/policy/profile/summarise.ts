import type { Sample, Samples } from './measure-chain.ts'
import type { Figures, GroupProfile, SideProfile } from './profile.ts'
import { median, quantile } from './quantile.ts'

type Side = 'request' | 'answer'

/** Sums up what was measured of the prompts of one group. */
export function summariseGroup(
  name: string,
  kinds: readonly string[],
  samples: readonly Samples[],
): GroupProfile {
  const refused = new Map<string, number>()
  for (const kind of samples.flatMap(({ subject }) => subject.refusing))
    refused.set(kind, (refused.get(kind) ?? 0) + 1)
  return {
    name,
    prompts: samples.length,
    refused,
    request: summariseSide('request', kinds, samples),
    answer: summariseSide('answer', kinds, samples),
  }
}

/** Bytes from which a request takes more than `limitMs`; `null` when none of up to `mostBytes` does. */
export function slowFrom(
  samples: readonly Samples[],
  { limitMs, mostBytes }: { readonly limitMs: number; readonly mostBytes: number },
): number | null {
  const points = samples
    .map(({ subject, request }) => ({
      bytes: Buffer.byteLength(subject.request),
      us: median(request.map(({ whole }) => whole)),
    }))
    .sort((a, b) => a.bytes - b.bytes)
  const largest = points.at(-1)
  if (largest === undefined) return null
  // Small requests cost something for being requests; without a much smaller one that cannot be told apart.
  const smallest = points.find(({ bytes }) => bytes * 4 <= largest.bytes) ?? { bytes: 0, us: 0 }
  const perByte = (largest.us - smallest.us) / (largest.bytes - smallest.bytes)
  if (perByte <= 0) return null
  const bytes = Math.max(1, largest.bytes + (limitMs * 1000 - largest.us) / perByte)
  return bytes > mostBytes ? null : Math.round(bytes)
}

/** A row of times for each prompt. */
type Times = readonly (readonly number[])[]

function summariseSide(
  side: Side,
  kinds: readonly string[],
  samples: readonly Samples[],
): SideProfile {
  const bytes = samples.reduce((sum, { subject }) => sum + Buffer.byteLength(subject[side]), 0)
  const timesOf = (pick: (sample: Sample) => number | null): Times =>
    samples.map((one) => one[side].map(pick).filter((time) => time !== null))
  const whole = timesOf((sample) => sample.whole)
  const shared = timesOf(sharedOf)
  const ofPolicies = kinds.map((_, place) => timesOf(({ policies }) => ranFor(policies[place])))
  // Medians of parts do not sum up to the median of the whole; shares must.
  const partsUs = [shared, ...ofPolicies].reduce((sum, times) => sum + sumOfMedians(times), 0)
  const figures = (times: Times): Figures => {
    const all = times.flat()
    const us = sumOfMedians(times)
    return {
      ...{ p50: median(all), p99: quantile(all, 0.99), max: quantile(all, 1) },
      ...{ perKb: (us * 1000) / bytes, share: partsUs === 0 ? 0 : us / partsUs },
    }
  }
  const waited = timesOf((sample) => sample.waited)
  return {
    bytes,
    policies: kinds.map((kind, place) => {
      const times = ofPolicies[place] ?? []
      const reason = samples[0]?.[side][0]?.policies[place]
      if (times.every((one) => one.length === 0))
        return { kind, figures: null, idle: typeof reason === 'string' ? reason : null }
      return { kind, figures: figures(times), idle: null }
    }),
    shared: figures(shared),
    whole: { ...figures(whole), share: 1 },
    waited: waited.flat().some((us) => us > 0) ? figures(waited) : null,
  }
}

function sumOfMedians(times: Times): number {
  return times.reduce((sum, one) => sum + median(one), 0)
}

function ranFor(time: number | string | undefined): number | null {
  return typeof time === 'number' ? time : null
}

/** Rounded parts may sum up to a little more than the rounded whole. */
function sharedOf({ whole, policies }: Sample): number {
  return Math.max(
    0,
    policies.reduce<number>((rest, time) => rest - (ranFor(time) ?? 0), whole),
  )
}
