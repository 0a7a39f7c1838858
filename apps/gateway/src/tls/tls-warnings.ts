import type { ServerTls } from './server-tls.ts'
import { dayOf } from './server-tls.ts'

const noticeMs = 14 * 86_400_000

/**
 * What deserves a look about the gateway's own certificate, one sentence each; `now` in milliseconds since the epoch. One outside
 * its period is no reason not to start: its renewal is picked up while the gateway runs, and a gateway that is down cannot do that.
 */
export function tlsWarnings(
  { current: { notBefore, notAfter, warnings }, certFile }: ServerTls,
  now: number,
): readonly string[] {
  const own = `--tls-cert, ${certFile}: the certificate`
  const then = 'The gateway takes the renewed files without a restart.'
  if (notAfter < now)
    return [
      `${own} expired on ${dayOf(notAfter)}: clients refuse the connection. Renew it. ${then}`,
      ...warnings,
    ]
  if (notBefore > now)
    return [
      `${own} is not valid before ${dayOf(notBefore)}: clients refuse the connection. Check this machine's clock.`,
      ...warnings,
    ]
  const soon = notAfter - now < noticeMs
  return [...(soon ? [`${own} expires on ${dayOf(notAfter)}. Renew it. ${then}`] : []), ...warnings]
}
