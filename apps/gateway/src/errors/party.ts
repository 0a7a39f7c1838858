import type { TlsMaterial } from '../transport/tls-material.ts'

/** A server that is called, for messages about what went wrong with it. */
export interface Party {
  /** As in `the model server of target "chat"`. */
  readonly name: string
  readonly url: URL
  /** Where its address stands: the key, and the place as in `providers.targets[0] (policy-config.yaml:7)`. */
  readonly urlKey: string
  readonly line: string
  /** Where `tls` stands or would stand, and what it gives. */
  readonly tlsLine: string
  readonly tls: TlsMaterial | undefined
  /** Whether `timeouts` of that place and `size_limits` bound it; otherwise the limits are fixed. */
  readonly hasOwnLimits: boolean
}

/** The name at the start of a sentence. */
export function capitalName({ name }: Party): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}
