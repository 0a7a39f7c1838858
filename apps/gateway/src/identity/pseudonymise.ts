/** Most addresses that are remembered; a flood of others only costs their hashes again. */
const remembered = 1000

/**
 * Turns addresses into keyed hashes (decision L5), each computed once. `hmac` gives `null` without a log.
 */
export function createPseudonymiser(
  hmac: (text: string) => string | null,
): (address: string | null) => string | null {
  const known = new Map<string, string | null>()
  return (address) => {
    if (address === null) return null
    const before = known.get(address)
    if (before !== undefined) return before
    if (known.size >= remembered) known.clear()
    const hash = hmac(`ip:${address}`)
    known.set(address, hash)
    return hash
  }
}
