type Environment = Readonly<Record<string, string | undefined>>

/** Host and port of the proxy that calls to a URL go through, by the rules of the transport; `null` without one. Never its password. */
export function proxyFor(url: URL, env: Environment): string | null {
  const proxy = env['HTTPS_PROXY'] ?? env['https_proxy']
  if (!proxy || url.protocol !== 'https:') return null
  const exceptions = (env['NO_PROXY'] ?? env['no_proxy'] ?? '').split(/[,\s]+/).filter(Boolean)
  if (exceptions.some((exception) => covers(exception.toLowerCase(), url))) return null
  return URL.canParse(proxy) ? new URL(proxy).host : 'HTTPS_PROXY'
}

function covers(exception: string, { hostname, port }: URL): boolean {
  if (exception === '*') return true
  const [, name = exception, only] = /^(.+):(\d+)$/.exec(exception) ?? []
  if (only !== undefined && only !== (port || '443')) return false
  return /^[.*]/.test(name) ? hostname.endsWith(name.replace(/^\*/, '')) : hostname === name
}
