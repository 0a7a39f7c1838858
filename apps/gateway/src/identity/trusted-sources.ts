import { BlockList, isIP } from 'node:net'

/** Addresses that are remembered: clients behind a few proxies are few. */
const mostKnown = 1000

/** Addresses whose `X-User-*` headers count (decision W9). */
export class TrustedSources {
  readonly #list = new BlockList()
  /** A look at the list costs as much as a tenth of a call without policies. */
  readonly #known = new Map<string, boolean>()

  /** Takes addresses and CIDRs, as in `127.0.0.1` and `10.0.0.0/8`. */
  constructor(entries: readonly string[]) {
    for (const entry of entries) this.#add(entry)
  }

  /** False for a call that did not come over a socket. IPv4-mapped IPv6 counts as IPv4. */
  includes(address: string | null): boolean {
    if (address === null) return false
    const known = this.#known.get(address)
    if (known !== undefined) return known
    const found = isIP(address) !== 0 && this.#list.check(address, familyOf(address))
    if (this.#known.size >= mostKnown) this.#known.clear()
    this.#known.set(address, found)
    return found
  }

  #add(entry: string): void {
    const [address = '', prefix] = entry.split('/')
    if (isIP(address) === 0) return
    if (prefix === undefined) this.#list.addAddress(address, familyOf(address))
    else this.#list.addSubnet(address, Number(prefix), familyOf(address))
  }
}

/** The machine's own addresses. */
export const loopback = new TrustedSources(['127.0.0.0/8', '::1'])

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4'
}
