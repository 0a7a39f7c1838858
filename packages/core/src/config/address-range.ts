/** A block of addresses; IPv4 stands as IPv4-mapped IPv6, so that one comparison serves both. */
export interface AddressRange {
  /** 16 bytes. */
  readonly bytes: readonly number[]
  /** Leading bits that count, 0..128. */
  readonly bits: number
}

/** Reads `10.0.0.0/8`, `::1` or `fd00::/8`; `null` for anything else, names included. */
export function parseRange(text: string): AddressRange | null {
  const [address = '', suffix, ...rest] = text.split('/')
  const bytes = bytesOf(address)
  if (bytes === null || rest.length > 0) return null
  const width = address.includes(':') ? 128 : 32
  if (suffix === undefined) return { bytes, bits: 128 }
  if (!/^\d{1,3}$/.test(suffix) || Number(suffix) > width) return null
  return { bytes, bits: Number(suffix) + 128 - width }
}

/** True when the first bits of an address are those of the range. */
export function rangeHolds(range: AddressRange, bytes: readonly number[]): boolean {
  return range.bytes.every((byte, index) => {
    const bits = Math.min(8, Math.max(0, range.bits - index * 8))
    const mask = (0xff << (8 - bits)) & 0xff
    return (byte & mask) === ((bytes[index] ?? 0) & mask)
  })
}

/** The 16 bytes of an address (dotted IPv4 or IPv6 without brackets), or `null`. IPv4-mapped and NAT64 (RFC 6052) count as IPv4. */
export function bytesOf(address: string): readonly number[] | null {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(address)) return mapped(address.split('.').map(Number))
  if (!address.includes(':')) return null
  const normal = normaliseIpv6(address)
  if (normal === null) return null
  const [head = '', tail = ''] = normal.split('::')
  const first = words(head)
  const last = words(tail)
  const zeros = Array.from({ length: 8 - first.length - last.length }, () => 0)
  const bytes = [...first, ...zeros, ...last].flatMap((word) => [word >> 8, word & 0xff])
  return bytes.slice(0, 12).join() === nat64 ? mapped(bytes.slice(12)) : bytes
}

const nat64 = '0,100,255,155,0,0,0,0,0,0,0,0'

function mapped(ipv4: readonly number[]): readonly number[] | null {
  if (ipv4.some((byte) => byte > 255)) return null
  return [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, ...ipv4]
}

/** The URL parser knows every spelling of IPv6 and prints one; a zone id is not part of an address. */
function normaliseIpv6(address: string): string | null {
  const url = `http://[${address.split('%')[0]}]`
  return URL.canParse(url) ? new URL(url).hostname.slice(1, -1) : null
}

function words(part: string): readonly number[] {
  return part === '' ? [] : part.split(':').map((word) => Number.parseInt(word, 16))
}
