/** Certificates and a key for https, as PEM texts. */
export interface TlsMaterial {
  /** The only authorities that the server's certificate may come from; Node's own list when absent. */
  readonly ca?: string
  /** Certificate of the client, then its chain. */
  readonly cert?: string
  readonly key?: string
}
