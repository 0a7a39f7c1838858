import type { Verdict } from './finding.ts'
import { failed, ok, skipped, warning } from './finding.ts'

/** How far the clock of a server is ahead of ours. */
export interface ServerClock {
  readonly target: string
  readonly aheadMs: number
}

const warnMs = 60_000
const failMs = 600_000

/** Compares a `Date` header with the time at which it was read; `null` when it is no date. */
export function readClock(
  date: string,
  { target, now }: { readonly target: string; readonly now: number },
): ServerClock | null {
  const theirs = Date.parse(date)
  // The header has whole seconds, cut off.
  return Number.isNaN(theirs) ? null : { target, aheadMs: theirs + 500 - now }
}

/** Compares our clock with the server it agrees with best: one wrong server says nothing about ours. */
export function checkClock(clocks: readonly ServerClock[]): Verdict {
  const [best] = [...clocks].sort((a, b) => Math.abs(a.aheadMs) - Math.abs(b.aheadMs))
  if (!best) return skipped('clock-unknown', 'No model server said what time it is.')
  const off = Math.abs(best.aheadMs)
  const seconds = Math.round(off / 1000)
  if (off <= warnMs)
    return ok('clock-right', `The clock agrees with that of "${best.target}" (${seconds} s apart).`)
  const side = best.aheadMs > 0 ? 'behind' : 'ahead of'
  const judge = off > failMs ? failed : warning
  return judge(
    'clock-wrong',
    `This clock is ${seconds} s ${side} that of the server of "${best.target}".`,
    'Have the clock set by NTP here or there: times in the log and the lifetime of tokens depend on it.',
  )
}
