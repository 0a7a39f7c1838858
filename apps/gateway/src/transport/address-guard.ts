import { lookup as dnsLookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { BlockList, isIP, isIPv6 } from 'node:net'

/**
 * Addresses that hand out credentials to whoever asks from inside a cloud machine, and the link-local ranges.
 * Private addresses are normal targets: a model server on the LAN is the point.
 */
const refused = new BlockList()
refused.addSubnet('169.254.0.0', 16, 'ipv4')
refused.addSubnet('fe80::', 10, 'ipv6')
refused.addAddress('fd00:ec2::254', 'ipv6')
refused.addAddress('fd20:ce::254', 'ipv6')
refused.addAddress('100.100.100.200', 'ipv4')
refused.addAddress('192.0.0.192', 'ipv4')
refused.addAddress('168.63.129.16', 'ipv4')

/** Thrown when a target's host leads to a link-local or metadata address. */
class RefusedAddressError extends Error {
  readonly code = 'ERR_REFUSED_ADDRESS'
}

/** True for a link-local or metadata address; IPv4-mapped IPv6 counts as IPv4 (decision W5). */
export function isRefusedAddress(address: string): boolean {
  return refused.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}

/** Throws `RefusedAddressError` when a URL's host is itself such an address: nothing is looked up for literals. */
export function assertHostAllowed(url: URL): void {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0 && isRefusedAddress(host)) throw new RefusedAddressError()
}

/** DNS look-up that fails when any resolved address is refused, so that a name cannot be rebound after the start. */
export const guardedLookup: LookupFunction = (hostname, options, callback) => {
  dnsLookup(hostname, options, (error, address, family) => {
    if (error) return callback(error, '', 0)
    const addresses = Array.isArray(address) ? address.map((one) => one.address) : [address]
    if (addresses.some(isRefusedAddress)) return callback(new RefusedAddressError(), '', 0)
    return callback(null, address, family)
  })
}
