import { lookup as dnsLookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { isIP } from 'node:net'
import { isForbiddenAddress } from '@keeptrusts/core'

/** Thrown when a target's host leads to a link-local or metadata address. */
class RefusedAddressError extends Error {
  readonly code = 'ERR_REFUSED_ADDRESS'
}

/** Throws `RefusedAddressError` when a URL's host is itself such an address: nothing is looked up for literals. */
export function assertHostAllowed(url: URL): void {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0 && isForbiddenAddress(host)) throw new RefusedAddressError()
}

/** DNS look-up that fails when any resolved address is refused, so that a name cannot be rebound after the start. */
export const guardedLookup: LookupFunction = (hostname, options, callback) => {
  dnsLookup(hostname, options, (error, address, family) => {
    if (error) return callback(error, '', 0)
    const addresses = Array.isArray(address) ? address.map((one) => one.address) : [address]
    if (addresses.some(isForbiddenAddress)) return callback(new RefusedAddressError(), '', 0)
    return callback(null, address, family)
  })
}
