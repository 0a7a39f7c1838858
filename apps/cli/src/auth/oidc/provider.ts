import { CliError } from '../../errors/cli-error.ts'
import { isUnencrypted } from '../gateway-address.ts'
import { providerInvalid } from './provider-failure.ts'

/** What a gateway says of the provider where its operators sign in. */
export interface Provider {
  readonly issuer: string
  readonly clientId: string
  readonly scopes: readonly string[]
}

/**
 * Reads `oidc` of a gateway's `auth/methods`. Throws `CliError`: `oidc-not-configured` without one, `provider-invalid` for what is none
 * or would send tokens over a network unencrypted.
 */
export function readProvider({ oidc }: Readonly<Record<string, unknown>>): Provider {
  if (oidc === null || oidc === undefined) throw notConfigured()
  const { issuer, client_id: clientId, scopes } = oidc as Readonly<Record<string, unknown>>
  const isWhole = typeof issuer === 'string' && typeof clientId === 'string'
  if (!isWhole || !Array.isArray(scopes) || !scopes.every((one) => typeof one === 'string'))
    throw providerInvalid(
      'The gateway names an OpenID provider in a way that this kt does not know',
    )
  if (!URL.canParse(issuer) || isUnencrypted(new URL(issuer)))
    throw providerInvalid('The gateway names an OpenID provider whose address is not https://')
  return { issuer, clientId, scopes }
}

function notConfigured(): CliError {
  return new CliError({
    code: 'oidc-not-configured',
    message: 'This gateway has no OpenID provider.',
    where: '--oidc',
    suggestion:
      'Sign in with a password (leave --oidc out), or ask an admin to configure access.oidc.',
  })
}
