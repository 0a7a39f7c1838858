import type { RetentionStatus } from '@keeptrusts/audit-store'
import type { Fact } from '../../output/format-facts.ts'
import { formatFacts } from '../../output/format-facts.ts'
import { toLocalTime } from '../event-time.ts'

/** Writes a stored time. */
type Clock = (time: number | string) => string

/** Times as the user's clock shows them, or in UTC (decision K4). */
export function clockFor({ local }: { readonly local: boolean }): Clock {
  return (time) => {
    const utc = new Date(time).toISOString()
    return local ? toLocalTime(utc) : utc
  }
}

/** What retention does with a log, for people. Ends with a line break. */
export function formatRetention(status: RetentionStatus, time: Clock): string {
  const { days, immutable, oldest, records, holds, last, damage } = status
  const facts: Fact[] = [
    [
      'Kept for',
      days === null ? 'not known: no gateway has started with this log yet' : `${days} days`,
    ],
    ['By hand', immutable === false ? 'kt events retention prune may delete records before' : null],
    ['Oldest', oldest && `record ${oldest.seq} of ${time(oldest.ts)}, ${records} records in all`],
    ['Next', nextOf(status, time)],
    ...holds.map((hold): Fact => {
      return ['Hold', `${hold.hold} keeps record ${hold.from_seq} and later: ${hold.reason}`]
    }),
    ['Clock', clockOf(status, time)],
    ['Last', last ? lastOf(last, time) : 'nothing was deleted yet'],
    ['Damage', damage && `${damage.problem} (found ${time(damage.ts)}): run kt events verify`],
  ]
  return [...formatFacts(facts), ''].join('\n')
}

function nextOf({ next }: RetentionStatus, time: Clock): string {
  const what = `records below ${next.up_to}`
  if (next.under_way) return `${what} are being deleted, or will be when a gateway starts`
  if (next.due === null) return `${what}, when that many are there and all of them are old enough`
  const stopped = {
    clock: ', but not before the clock is confirmed',
    hold: ', but a hold keeps them',
    none: '',
  }[next.blocked_by ?? 'none']
  return `${what}, from ${time(next.due)} on${stopped}`
}

function clockOf({ clock }: RetentionStatus, time: Clock): string {
  const newest = clock.jumps.at(-1)
  if (!newest) return 'trusted'
  const [from, to] = [time(newest.from), time(newest.to)]
  const found =
    newest.found === 'start'
      ? `it said ${to} at a start, and the record before was of ${from}`
      : `it was set from ${from} to ${to}`
  return `not trusted, nothing is deleted: ${found}. If it is right: kt events retention confirm-clock`
}

function lastOf(last: NonNullable<RetentionStatus['last']>, time: Clock): string {
  const how = last.by_hand ? ' by hand' : ''
  return `${last.count} records below ${last.up_to}${how}, ${time(last.ts)}`
}
