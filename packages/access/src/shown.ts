import type { ApiToken } from './api-tokens.ts'
import type { GatewayKey } from './gateway-keys.ts'

/** A gateway key as JSON shows it, on every way: times are UTC RFC 3339, `null` for never. There is no secret in it. */
export function shownKey({ created, expires, revoked, ...key }: GatewayKey) {
  return { ...key, ...shownTimes({ created, expires, revoked }) }
}

/** The same of an API token. */
export function shownToken({ created, expires, revoked, ...token }: ApiToken) {
  return { ...token, ...shownTimes({ created, expires, revoked }) }
}

function shownTimes<Times extends Readonly<Record<string, number | null>>>(times: Times) {
  const shown = Object.entries(times).map(([name, at]) => [
    name,
    at === null ? null : new Date(at).toISOString(),
  ])
  return Object.fromEntries(shown) as { readonly [Name in keyof Times]: string | null }
}
