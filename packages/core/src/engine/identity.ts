/** Who calls, as far as it is known. The gateway fills it from keys and trusted headers; library callers give their own. */
export interface Identity {
  readonly subject?: string
  readonly roles?: readonly string[]
  readonly team?: string
}
