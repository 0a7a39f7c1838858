import type { ServerResponse } from 'node:http'
import type { ListenOptions, LocalServer } from '../http/local-server.ts'
import { startLocalServer } from '../http/local-server.ts'
import type { SigningKey, TokenWish } from './signing-key.ts'
import { createSigningKey, publicJwk, signToken } from './signing-key.ts'

/** How an identity provider answers; may be changed at any time. */
export interface ProviderBehaviour {
  /** Answers every request in place of the provider; `null`: nothing unusual. */
  answer: ((response: ServerResponse) => void) | null
  /** Keys that it publishes. */
  keys: readonly SigningKey[]
}

/** A running identity provider. */
export interface IdentityProvider extends LocalServer {
  /** `iss` of its tokens: its address. */
  readonly issuer: string
  readonly jwksUri: string
  readonly behaviour: ProviderBehaviour
  /** Paths that were asked for, in order. */
  readonly requests: readonly string[]
  /** A token for the audience `keeptrusts` that holds for ten minutes, signed with the first key unless `key` is given. */
  token(
    claims?: Readonly<Record<string, unknown>>,
    wish?: TokenWish & { readonly key?: SigningKey },
  ): string
}

/** Starts a provider with one RSA key, which publishes its keys and a discovery document and issues whatever tokens a test wants. */
export async function startIdentityProvider({
  keys,
  ...listen
}: ListenOptions & { readonly keys?: readonly SigningKey[] } = {}): Promise<IdentityProvider> {
  const behaviour: ProviderBehaviour = {
    answer: null,
    keys: keys ?? [createSigningKey('key-1')],
  }
  const requests: string[] = []
  const server = await startLocalServer((request, response) => {
    const path = request.url ?? ''
    requests.push(path)
    if (behaviour.answer !== null) return behaviour.answer(response)
    const document = documents(server.url, behaviour)[path]
    response.writeHead(document === undefined ? 404 : 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(document ?? {}))
  }, listen)
  const issuer = server.url
  return {
    ...server,
    ...{ issuer, jwksUri: `${issuer}/keys`, behaviour, requests },
    token: (claims = {}, { key = behaviour.keys[0], ...wish } = {}) => {
      if (key === undefined) throw new Error('the provider has no key')
      const now = Math.floor(Date.now() / 1000)
      const usual = { iss: issuer, aud: 'keeptrusts', sub: 'ann', iat: now, exp: now + 600 }
      return signToken({ ...usual, ...claims }, key, wish)
    },
  }
}

function documents(url: string, { keys }: ProviderBehaviour): Readonly<Record<string, object>> {
  return {
    '/.well-known/openid-configuration': { issuer: url, jwks_uri: `${url}/keys` },
    '/keys': { keys: keys.map(publicJwk) },
  }
}
