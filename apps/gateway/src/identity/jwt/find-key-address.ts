import type { Transport } from '../../transport/transport.ts'
import { fetchDocument } from './fetch-document.ts'
import { KeysUnavailableError } from './token-problem.ts'

/**
 * Where a provider's keys are: as configured, else as its discovery document says (OpenID Connect Discovery 1.0 §4, then
 * RFC 8414 §3). Throws `KeysUnavailableError`.
 */
export async function findKeyAddress(
  { issuer, jwksUri }: { readonly issuer: string; readonly jwksUri: string | undefined },
  transport: Transport,
): Promise<URL> {
  if (jwksUri !== undefined) return new URL(jwksUri)
  for (const url of discoveryAddresses(issuer)) {
    const document = await fetchDocument(url, transport)
    if (document === null) continue
    // OpenID Connect Discovery 1.0 §4.3: a document of somebody else must not name the keys.
    if (document['issuer'] !== issuer) throw new KeysUnavailableError('discovery_of_other_issuer')
    return keyAddress(document['jwks_uri'], issuer)
  }
  throw new KeysUnavailableError('no_discovery_document')
}

function discoveryAddresses(issuer: string): readonly URL[] {
  const { origin, pathname } = new URL(issuer)
  const path = pathname.replace(/\/+$/, '')
  return [
    new URL(`${origin}${path}/.well-known/openid-configuration`),
    new URL(`${origin}/.well-known/oauth-authorization-server${path}`),
  ]
}

/** Keys of an issuer behind https come over https too. */
function keyAddress(value: unknown, issuer: string): URL {
  if (typeof value !== 'string' || !URL.canParse(value))
    throw new KeysUnavailableError('no_jwks_uri')
  const url = new URL(value)
  const isOpen = url.protocol === 'http:' && issuer.startsWith('http:') && isThisMachine(url)
  if (url.protocol === 'https:' || isOpen) return url
  throw new KeysUnavailableError('jwks_uri_not_https')
}

function isThisMachine({ hostname }: URL): boolean {
  return /^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname)
}
