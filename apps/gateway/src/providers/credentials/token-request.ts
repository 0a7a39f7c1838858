import type { SignIn } from '@keeptrusts/core'
import type { Party } from '../../errors/party.ts'
import type { TlsMaterial } from '../../transport/tls-material.ts'
import type { Transport } from '../../transport/transport.ts'
import type { ConfigPlace } from '../config-place.ts'
import { placeText } from '../config-place.ts'

/** Where tokens come from and what for. */
export interface TokenRequest {
  readonly auth: Extract<SignIn, { readonly type: 'oauth_m2m' }>
  readonly clientId: string
  readonly clientSecret: string
  readonly transport: Transport
  readonly tls: TlsMaterial | undefined
  /** Who needs the token, as in `target "chat"`. */
  readonly owner: string
  /** Of that target or callback. */
  readonly place: ConfigPlace
  /** Milliseconds for the whole fetch; 10 s. */
  readonly deadlineMs?: number
}

/** Where the settings of the sign-in stand, for messages. */
export function signInLine({ place }: TokenRequest): string {
  return placeText(place, '.auth')
}

/** The token server, for messages. */
export function tokenServer(request: TokenRequest): Party {
  const { auth, owner, place, tls } = request
  const url = new URL(auth.token_url)
  return {
    name: `the token server ${url.host} of ${owner}`,
    url,
    urlKey: 'token_url',
    line: signInLine(request),
    tlsLine: placeText(place),
    tls,
    hasOwnLimits: false,
  }
}
