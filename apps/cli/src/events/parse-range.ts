import { CliError } from '../errors/cli-error.ts'
import { parseTime } from './event-time.ts'

/** Milliseconds since the epoch, both ends included. */
export interface TimeRange {
  readonly since?: number
  readonly until?: number
}

interface RangeFlags {
  readonly since?: string | undefined
  readonly until?: string | undefined
}

/** `--since` and `--until` as a range. Throws `CliError` (`bad-flag`) for what is no time, and for an end before the start. */
export function parseRange(flags: RangeFlags, now: number): TimeRange {
  const since = parseFlag('--since', flags.since, now)
  const until = parseFlag('--until', flags.until, now)
  if (since !== undefined && until !== undefined && since > until) {
    throw new CliError({
      code: 'bad-flag',
      message: '--since lies after --until, so nothing can match.',
      suggestion: 'Exchange the two times.',
    })
  }
  return { ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) }
}

function parseFlag(flag: string, text: string | undefined, now: number): number | undefined {
  return text === undefined ? undefined : parseTimeFlag(flag, text, now)
}

/** The time that a flag was given, milliseconds since the epoch. Throws `CliError` (`bad-flag`) for what is no time. */
export function parseTimeFlag(flag: string, text: string, now: number): number {
  const time = parseTime(text, now)
  if (time === null) {
    throw new CliError({
      code: 'bad-flag',
      message: `"${text}" is not a time.`,
      where: flag,
      suggestion: 'Give 30s, 5m, 1h, 7d or 2w, a date like 2026-01-31, or 2026-01-31T12:00:00Z.',
    })
  }
  return time
}
