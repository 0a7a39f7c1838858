import type { RetentionStatus } from '@keeptrusts/audit-store'

/** What `kt events retention status --json` prints: the times in UTC. */
export function retentionJson(status: RetentionStatus): object {
  const { oldest, next, last, damage } = status
  return {
    ...status,
    oldest: oldest && { seq: oldest.seq, time: utc(oldest.ts) },
    next: { ...next, due: next.due === null ? null : utc(next.due) },
    last: last && timed(last),
    damage: damage && timed(damage),
  }
}

function timed<Item extends { readonly ts: number }>({ ts, ...rest }: Item): object {
  return { time: utc(ts), ...rest }
}

function utc(time: number): string {
  return new Date(time).toISOString()
}
