/** Who calls, as far as it is known. The gateway fills it from keys, tokens and trusted headers; library callers give their own. */
export interface Identity {
  /** Name of the person or service. */
  readonly subject?: string
  readonly roles?: readonly string[]
  readonly team?: string
  /** How the gateway knows: by a gateway key, by a token of an identity provider, or by `X-User-*` headers of a trusted address. Absent in the library, whose caller vouches. */
  readonly via?: 'key' | 'token' | 'header'
  /** Models that the key or token is limited to; absent: no limit of its own. */
  readonly models?: readonly string[]
}
