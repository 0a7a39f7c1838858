import { isIP } from 'node:net'
import { loopback } from '../identity/trusted-sources.ts'
import { OperatorError } from './operator-error.ts'

interface Arrival {
  readonly headers: Headers
  /** The address that the request arrived at; `null` when there is no socket. */
  readonly localAddress: string | null
  /** Further names that this machine is asked for by, in lower case. */
  readonly names: ReadonlySet<string>
}

/**
 * Refuses what a web page of another site sends, and what comes to this machine's own address under a foreign name: that is how a page
 * reaches servers behind a firewall (DNS rebinding). Throws `OperatorError` `cross-site-request`.
 */
export function refuseCrossSite({ headers, localAddress, names }: Arrival): void {
  const site = headers.get('sec-fetch-site')
  const origin = headers.get('origin')
  const host = headers.get('host') ?? ''
  const isForeign = origin !== null && hostOf(origin) !== host.toLowerCase()
  if (isForeign || site === 'cross-site' || site === 'same-site') throw refused()
  if (localAddress !== null && loopback.includes(localAddress) && !isOurs(host, names))
    throw refused()
}

/** Host and port of an origin; `null` for `null` and for what is no origin. */
function hostOf(origin: string): string | null {
  try {
    const { host, protocol } = new URL(origin)
    return protocol === 'http:' || protocol === 'https:' ? host : null
  } catch {
    return null
  }
}

function isOurs(host: string, names: ReadonlySet<string>): boolean {
  const name = host.toLowerCase().replace(/:\d+$/, '')
  const address = name.replace(/^\[|\]$/g, '')
  if (isIP(address) !== 0) return loopback.includes(address) || names.has(address)
  return name === 'localhost' || name.endsWith('.localhost') || names.has(name)
}

function refused(): OperatorError {
  return new OperatorError({
    code: 'cross-site-request',
    status: 403,
    message: 'Requests of web pages of other sites are refused.',
    suggestion: 'Use kt, or ask for the address that the gateway listens on.',
  })
}
