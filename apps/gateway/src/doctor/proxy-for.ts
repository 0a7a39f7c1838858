import type { EgressProxy } from '../transport/egress-proxy.ts'

/** Host and port of the proxy that calls to a URL go through, by the rules of the transport; `null` without one. Never its password. */
export function proxyFor(url: URL, proxy: EgressProxy | null): string | null {
  if (proxy === null || url.protocol !== 'https:') return null
  const exceptions = proxy.noProxy.split(/[,\s]+/).filter(Boolean)
  if (exceptions.some((exception) => covers(exception.toLowerCase(), url))) return null
  return proxy.url.host
}

function covers(exception: string, { hostname, port }: URL): boolean {
  if (exception === '*') return true
  const [, name = exception, only] = /^(.+):(\d+)$/.exec(exception) ?? []
  if (only !== undefined && only !== (port || '443')) return false
  const domain = name.replace(/^\*?\./, '')
  return hostname === domain || hostname.endsWith(`.${domain}`)
}
