import type { IncomingMessage } from 'node:http'
import { loopback } from '../identity/trusted-sources.ts'

/**
 * Why a request looks as if a web page of another site had made it; `null` when it does not. Operators use programs that send none
 * of these headers, and browsers cannot leave them out (Fetch standard §3.2, Fetch Metadata §2): no page may make them act.
 */
export function crossSiteProblem(request: IncomingMessage | undefined): string | null {
  if (request === undefined) return null
  const { headers, socket } = request
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    return 'The request comes from a page of another site.'
  const { origin, host = '' } = headers
  if (origin !== undefined && hostOf(origin) !== host.toLowerCase())
    return 'The request comes from a page of another origin.'
  // A name that an attacker lets point to this machine (DNS rebinding) makes their page the same origin.
  if (loopback.includes(socket.localAddress ?? null) && !isLocalName(host))
    return 'The request names a host that is not this machine.'
  return null
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null
}

function isLocalName(host: string): boolean {
  const name = host
    .toLowerCase()
    .replace(/:\d+$/, '')
    .replace(/^\[|\]$/g, '')
  return name === 'localhost' || name.endsWith('.localhost') || loopback.includes(name)
}
