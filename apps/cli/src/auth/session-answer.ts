/** What a gateway answers to whoever has just signed in. */
export interface SessionAnswer {
  readonly token: string
  readonly operator: { readonly email: string; readonly role: string }
  /** RFC 3339, UTC. */
  readonly expires: string
}
