/** Who calls, as far as it is known. The gateway fills it from keys, tokens and trusted headers; library callers give their own. */
export interface Identity {
  /** Name of the person or service. */
  readonly subject?: string
  readonly roles?: readonly string[]
  readonly team?: string
  /** How the gateway knows: by a gateway key, by a token of an identity provider, or by `X-User-*` headers of a trusted address. Absent in the library, whose caller vouches. */
  readonly via?: 'key' | 'token' | 'header'
  /** Id of the gateway key, as in `gk_5f1d0c9be2a4`; never the key. */
  readonly key?: string
  /** Models that the key or token is limited to, exact or with `*` at the end; absent: no limit of its own. */
  readonly models?: readonly string[]
}
