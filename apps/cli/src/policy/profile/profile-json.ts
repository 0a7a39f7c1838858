import { advise } from './advise.ts'
import type { Figures, GroupProfile, Profile, SideProfile } from './profile.ts'

/** A profile for programs: times in microseconds, shares from 0 to 1. */
export function toProfileJson(profile: Profile): Record<string, unknown> {
  const { pack, chain, runs, groups, savings, slowFrom } = profile
  return {
    pack,
    chain,
    runs,
    groups: groups.map(groupJson),
    savings: savings.map(({ share, ...saving }) => ({ ...saving, share: rounded(share, 3) })),
    slow_from_bytes: slowFrom,
    advice: advise(profile),
  }
}

function groupJson({ name, prompts, refused, request, answer }: GroupProfile) {
  return {
    ...{ name, prompts, refused: Object.fromEntries(refused) },
    ...{ request: sideJson(request), answer: sideJson(answer) },
  }
}

function sideJson({ bytes, policies, shared, whole, waited }: SideProfile) {
  return {
    bytes,
    policies: policies.map(({ kind, figures, idle }) => ({
      policy: kind,
      not_run: idle,
      ...(figures && figuresJson(figures)),
    })),
    shared: figuresJson(shared),
    whole: figuresJson(whole),
    waited: waited && figuresJson(waited),
  }
}

function figuresJson({ p50, p99, max, perKb, share }: Figures) {
  return {
    ...{ p50_us: p50, p99_us: p99, max_us: max },
    ...{ us_per_kb: rounded(perKb, 1), share: rounded(share, 3) },
  }
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
