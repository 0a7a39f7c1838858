import type { CertificateExpiry } from './load-tls.ts'

const dayMs = 86_400_000
const noticeDays = 14

/** One sentence for each file with a certificate that has expired or will within 14 days; `now` in milliseconds. */
export function certificateWarnings(
  expiries: readonly CertificateExpiry[],
  now: number,
): readonly string[] {
  return expiries
    .filter(({ endsAt }) => endsAt - now < noticeDays * dayMs)
    .map(({ where, endsAt }) => {
      const day = new Date(endsAt).toISOString().slice(0, 10)
      const ends = endsAt < now ? `expired on ${day}` : `expires on ${day}`
      return `${where}: a certificate in this file ${ends}. Replace it and restart the gateway.`
    })
}
