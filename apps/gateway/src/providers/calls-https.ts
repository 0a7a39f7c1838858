import type { Config } from '@keeptrusts/core'
import { baseUrl } from './target-runtime.ts'

/** A proxy that cannot be used is no reason to refuse a start that would never use one. */
export function callsHttps({ targets, callbacks, access }: Config): boolean {
  const addresses = [
    ...targets.map(baseUrl),
    ...callbacks.map(({ tracking_uri: uri }) => uri),
    access.jwt?.jwks_uri ?? access.jwt?.issuer ?? '',
    access.oidc?.issuer ?? '',
    ...[...targets, ...callbacks].map(({ auth }) =>
      auth?.type === 'oauth_m2m' ? auth.token_url : '',
    ),
  ]
  return addresses.some((address) => address.startsWith('https:'))
}
