import type { Config } from '@keeptrusts/core'

/** Most addresses, and most names, that are remembered; a flood of others only costs their hashes again. */
const remembered = 1000

/** How the log names what identifies people (decision L5). */
export interface Pseudonyms {
  /** Address of a client. */
  ip(address: string | null): string | null
  /** Name of who calls. */
  principal(subject: string | null): string | null
}

/**
 * Turns what `kinds` names into keyed hashes, each computed once; the rest stays in clear. `hmac` gives `null` without a log.
 */
export function createPseudonyms(
  kinds: Config['audit_store']['pseudonymize'],
  hmac: (text: string) => string | null,
): Pseudonyms {
  const of = (kind: 'ip' | 'principal') =>
    kinds.includes(kind)
      ? remember((text) => hmac(`${kind}:${text}`))
      : (text: string | null) => text
  return { ip: of('ip'), principal: of('principal') }
}

function remember(hash: (text: string) => string | null): (text: string | null) => string | null {
  const known = new Map<string, string | null>()
  return (text) => {
    if (text === null) return null
    const before = known.get(text)
    if (before !== undefined) return before
    if (known.size >= remembered) known.clear()
    const made = hash(text)
    known.set(text, made)
    return made
  }
}
