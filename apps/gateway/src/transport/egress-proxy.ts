import { Buffer } from 'node:buffer'
import { KeeptrustsError } from '@keeptrusts/core'

type Environment = Readonly<Record<string, string | undefined>>

/** The proxy through which https servers are reached. */
export interface EgressProxy {
  /** Without credentials; its scheme is http or https. */
  readonly url: URL
  /** Value of `proxy-authorization`; `null` when the variable names no user. */
  readonly authorization: string | null
  /** Hosts that are reached without it, as `NO_PROXY` has them; `*` for all. */
  readonly noProxy: string
}

/**
 * The proxy that `HTTPS_PROXY` names, and the exceptions of `NO_PROXY`; `null` when there is none. The lower-case
 * spelling counts first, as for curl and Python, and an empty variable is an unset one.
 * Throws `KeeptrustsError` `proxy-invalid`, without the value: it may hold a password.
 */
export function readEgressProxy(env: Environment): EgressProxy | null {
  const variable = env['https_proxy']?.trim() ? 'https_proxy' : 'HTTPS_PROXY'
  const value = env[variable]?.trim()
  if (!value) return null
  const url = parse(value.includes('://') ? value : `http://${value}`, variable)
  return {
    url: new URL(url.origin),
    authorization: authorizationOf(url, variable),
    noProxy: exceptions(env['no_proxy']?.trim() || env['NO_PROXY']?.trim() || ''),
  }
}

function parse(text: string, variable: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || url.hostname === '') throw unusable(variable, 'is not an address')
  if (url.protocol === 'http:' || url.protocol === 'https:') return url
  throw unusable(variable, `begins with ${url.protocol}//, and only HTTP proxies can be used`)
}

/** RFC 7617; the user name and password of a URL are percent-encoded. */
function authorizationOf({ username, password }: URL, variable: string): string | null {
  if (username === '' && password === '') return null
  try {
    const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
    return `Basic ${Buffer.from(pair).toString('base64')}`
  } catch {
    throw unusable(variable, 'holds a user name or password with a % that is not written as %25')
  }
}

function unusable(variable: string, what: string): KeeptrustsError {
  return new KeeptrustsError({
    code: 'proxy-invalid',
    message: `${variable} ${what}.`,
    suggestion: `Write ${variable}=http://proxy.example.com:3128, with http://user:password@ if the proxy asks for them, or unset it.`,
  })
}

/** A `*` anywhere in the list exempts every host. */
function exceptions(list: string): string {
  return list.split(/[,\s]+/).includes('*') ? '*' : list
}
