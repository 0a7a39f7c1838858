import type { Target } from '@keeptrusts/core'
import type { ServerKind } from '../providers/mlflow/probe-server.ts'
import { baseUrl } from '../providers/target-runtime.ts'

/** What `base_url` should be for the server that was found; `null` when that cannot be known, or is what stands there. */
export function rightBaseUrl(target: Target, found: ServerKind): string | null {
  const written = baseUrl(target)
  const { origin, pathname } = new URL(written)
  const right =
    target.provider === 'databricks' ? `${origin}/serving-endpoints` : byKind(found, origin)
  if (right !== null) return same(right, written) ? null : right
  // Most servers that speak OpenAI's API have it below /v1, which is added only where base_url has no path at all.
  return pathname === '/' || /\/v1\/?$/.test(pathname) ? null : `${origin}/v1`
}

function byKind(kind: ServerKind, origin: string): string | null {
  if (kind === 'gateway') return `${origin}/v1`
  return kind === 'scoring' || kind === 'agent' || kind === 'tracking' ? origin : null
}

function same(a: string, b: string): boolean {
  return a.replace(/\/+$/, '') === b.replace(/\/+$/, '')
}

/** An address without anything secret: no user, no query; its beginning when it is long. */
export function shownAddress({ origin, pathname }: URL): string {
  return `${origin}${pathname}`.slice(0, 200)
}
