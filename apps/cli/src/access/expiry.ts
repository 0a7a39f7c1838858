import { CliError } from '../errors/cli-error.ts'

const units: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 }

/** `--expires-in` as milliseconds since the epoch. Throws `CliError` (`bad-flag`) for what is no length of time. */
export function parseExpiry(text: string, now: number): number {
  const [, count = '', unit = ''] = /^(\d{1,5})([hdw])$/.exec(text) ?? []
  const length = Number(count) * (units[unit] ?? 0)
  if (length > 0) return now + length
  throw new CliError({
    code: 'bad-flag',
    message: `"${text}" is not a length of time.`,
    where: '--expires-in',
    suggestion: 'Give 12h, 90d or 26w.',
  })
}
