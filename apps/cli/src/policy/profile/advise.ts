import type { GroupProfile, Profile } from './profile.ts'

/** Less than this may be chance. */
const leastSaved = 0.1
const mostSavings = 6

/** What the figures suggest, a sentence or two each, the weightiest first. */
export function advise(profile: Profile): string[] {
  return [
    ...heaviest(profile),
    ...savings(profile),
    ...slowness(profile),
    ...refusals(profile),
    ...unrest(profile),
    ...(profile.chain.some(({ kind }) => kind === 'audit-logger') ? [auditNote] : []),
  ]
}

const auditNote =
  'The record of audit-logger is not in these figures: the gateway writes it. keeptrusts_audit_append_seconds in /metrics says how long calls wait for it.'

function heaviest({ chain, groups }: Profile): string[] {
  const times = chain.map(({ kind }, place) => ({
    kind,
    us: sum(groups, (group) => sidesUs(group, place)),
  }))
  const [first] = [...times].sort((a, b) => b.us - a.us)
  const whole = sum(groups, ({ request, answer }) => wholeUs(request) + wholeUs(answer))
  if (first === undefined || first.us === 0 || times.filter(({ us }) => us > 0).length < 2)
    return []
  return [
    `${first.kind} takes most: ${percent(first.us / whole)} of requests and answers together.`,
  ]
}

function sidesUs({ request, answer }: GroupProfile, place: number): number {
  return sum([request, answer], (side) => {
    const share = side.policies[place]?.figures?.share ?? 0
    return share * wholeUs(side)
  })
}

/** Microseconds of all prompts of a side. */
function wholeUs({ whole, bytes }: GroupProfile['request']): number {
  return (whole.perKb * bytes) / 1000
}

function savings({ savings: all }: Profile): string[] {
  return all
    .filter(({ share }) => share >= leastSaved)
    .sort((a, b) => b.share - a.share)
    .slice(0, mostSavings)
    .map(
      ({ policy, change, share, loses }) =>
        `${policy}: ${change} to save ${percent(share)} of its time on requests; ${loses}.`,
    )
}

function slowness({ slowFrom, turnMs }: Profile): string[] {
  if (slowFrom === null)
    return [`No request of up to size_limits.max_body_bytes takes more than ${turnMs} ms.`]
  return [
    `From about ${inKb(slowFrom)} on a request takes more than ${turnMs} ms: the gateway then lets other calls run in between.`,
  ]
}

function refusals({ groups }: Profile): string[] {
  const kinds = new Set(groups.flatMap(({ refused }) => [...refused.keys()]))
  const prompts = sum(groups, (group) => group.prompts)
  return [...kinds].map((kind) => {
    const count = sum(groups, ({ refused }) => refused.get(kind) ?? 0)
    return `${kind} refuses ${count} of ${prompts} prompts or their answers; they were measured as if it let them pass.`
  })
}

/** A median bears being disturbed; the longest times are then those of other programs. */
const restless = 5

function unrest({ groups }: Profile): string[] {
  const sides = groups.flatMap(({ request, answer }) => [request, answer])
  const disturbed = sides.filter(({ whole: { p50, p99 } }) => p99 > p50 * restless).length
  if (disturbed * 2 <= sides.length) return []
  return [
    `P99 is more than ${restless} times P50: other programs use this machine, or the prompts differ much. Compare medians, or measure on a quiet machine.`,
  ]
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0)
}

/** Two digits are all that such a figure is good for. */
function inKb(bytes: number): string {
  return `${Number((bytes / 1000).toPrecision(2))} KB`
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
