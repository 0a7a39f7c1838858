/**
 * True for an IPv6 address in text form (RFC 4291 §2.2) that prose and code do not write by chance:
 * with at least one digit, and not eight pairs (an EUI-64 hardware address).
 */
export function isIpv6(written: string): boolean {
  if (!/[0-9]/.test(written)) return false
  const halves = written.split('::')
  if (halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  const last = groups.at(-1) ?? ''
  const embedsIpv4 = last.includes('.')
  const hexGroups = embedsIpv4 ? groups.slice(0, -1) : groups
  if (embedsIpv4 && (!isDottedQuad(last) || written.endsWith('::'))) return false
  if (!hexGroups.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))) return false
  const count = hexGroups.length + (embedsIpv4 ? 2 : 0)
  if (halves.length === 2) return count <= 7
  return count === 8 && !hexGroups.every((group) => group.length === 2)
}

function isDottedQuad(written: string): boolean {
  const octets = written.split('.')
  return (
    octets.length === 4 &&
    octets.every((octet) => /^[0-9]{1,3}$/.test(octet) && Number(octet) <= 255)
  )
}
