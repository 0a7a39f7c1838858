const UNITS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const
/** `90s`, `5m`, `1h`, `7d`, `2w`; not `1.5h`. */
const AGO = /^(\d{1,6})([smhdw])$/
/** A date, or a date and a time with its zone; not a local time, which two machines would read differently. */
const RFC3339 = /^\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[Zz]|[+-]\d\d:\d\d))?$/

/** A point in time as `--since` and `--until` take it, in milliseconds since the epoch; `null` when it is none. A bare date is its midnight in UTC. */
export function parseTime(text: string, now: number): number | null {
  const ago = AGO.exec(text)
  if (ago !== null) return now - Number(ago[1]) * UNITS[ago[2] as keyof typeof UNITS]
  if (!RFC3339.test(text)) return null
  const time = Date.parse(text.replace(' ', 'T').toUpperCase())
  return Number.isNaN(time) ? null : time
}

/** A stored time for a terminal: local, to the second (decision K4). */
export function toLocalTime(timestamp: string): string {
  const date = new Date(timestamp)
  if (Number.isNaN(date.getTime())) return timestamp
  const two = (n: number) => String(n).padStart(2, '0')
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}
