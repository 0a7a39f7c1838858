import { bytesOf, parseRange, rangeHolds } from './address-range.ts'

/** Link-local addresses and those where clouds serve machine credentials (decision W5). */
const forbidden = [
  '169.254.0.0/16',
  'fe80::/10',
  // AWS and Google over IPv6, Alibaba, Oracle, Azure.
  'fd00:ec2::254/128',
  'fd20:ce::254/128',
  '100.100.100.200/32',
  '192.0.0.192/32',
  '168.63.129.16/32',
].map(parseRange)

const forbiddenNames = new Set(['metadata.google.internal', 'metadata', 'instance-data'])

/**
 * True for a host that is never called: link-local and metadata addresses, in every spelling that the WHATWG URL
 * parser leads to them, IPv4-mapped and NAT64 IPv6 included. `host` is a `URL.hostname` or an IP address.
 */
export function isForbiddenAddress(host: string): boolean {
  const name = host.replace(/\.$/, '').toLowerCase()
  if (forbiddenNames.has(name)) return true
  const bytes = bytesOf(name.replace(/^\[(.*)\]$/, '$1'))
  return bytes !== null && forbidden.some((range) => range !== null && rangeHolds(range, bytes))
}
