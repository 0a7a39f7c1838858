const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const base64Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const bech32Alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'

/** CRC-32 (IEEE 802.3) of a text of ASCII characters. */
function crc32(text: string): number {
  let crc = 0xffffffff
  for (let i = 0; i < text.length; i++) {
    crc ^= text.charCodeAt(i)
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return ~crc >>> 0
}

/** CRC-32 in base 62 with the digits 0-9A-Za-z, six characters wide: the last six characters of GitHub's and npm's tokens. */
export function crc32Base62(text: string): string {
  let rest = crc32(text)
  let digits = ''
  while (digits.length < 6) {
    digits = base62.charAt(rest % 62) + digits
    rest = Math.floor(rest / 62)
  }
  return digits
}

/** CRC-32 in base 36 with the digits 0-9a-z, seven characters wide: the end of GitLab's routable tokens. */
export const crc32Base36 = (text: string) => crc32(text).toString(36).padStart(7, '0')

/** CRC-16/XMODEM, which Stellar's keys end with. */
export function crc16(bytes: readonly number[]): number {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff
  }
  return crc
}

/** Bytes of base64 or base64url text, or `undefined` where it is neither. Padding may be missing. */
export function base64Bytes(text: string): number[] | undefined {
  return bitsToBytes(
    text
      .replaceAll('-', '+')
      .replaceAll('_', '/')
      .replace(/={1,2}$/, ''),
    base64Alphabet,
    6,
  )
}

/** Bytes of base32 text (RFC 4648, upper case, no padding), or `undefined`. */
export const base32Bytes = (text: string) =>
  bitsToBytes(text, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 5)

/** Base64 or base64url text as ASCII characters, or an empty string where it holds anything else. */
export function base64Ascii(text: string): string {
  const bytes = base64Bytes(text) ?? []
  return bytes.every((byte) => byte < 0x7f) ? String.fromCharCode(...bytes) : ''
}

/** Whether the check sum at the end of a bech32 text (BIP 173) is right. */
export function isBech32(text: string): boolean {
  const lower = text.toLowerCase()
  const separator = lower.lastIndexOf('1')
  const prefix = [...lower.slice(0, separator)].map((letter) => letter.charCodeAt(0))
  const data = [...lower.slice(separator + 1)].map((letter) => bech32Alphabet.indexOf(letter))
  if (data.includes(-1)) return false
  const expanded = [...prefix.map((code) => code >> 5), 0, ...prefix.map((code) => code & 31)]
  return bech32Remainder([...expanded, ...data]) === 1
}

/** Remainder of 5-bit groups by the polynomial of bech32; 1 where the check sum is right. */
export function bech32Remainder(groups: readonly number[]): number {
  const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3]
  let remainder = 1
  for (const group of groups) {
    const top = remainder >>> 25
    remainder = ((remainder & 0x1ffffff) << 5) ^ group
    generators.forEach((generator, i) => {
      if ((top >> i) & 1) remainder ^= generator
    })
  }
  return remainder
}

function bitsToBytes(text: string, alphabet: string, width: number): number[] | undefined {
  const bytes: number[] = []
  let bits = 0
  let count = 0
  for (const letter of text) {
    const value = alphabet.indexOf(letter)
    if (value < 0) return undefined
    bits = ((bits << width) | value) & 0xffff
    count += width
    if (count >= 8) {
      count -= 8
      bytes.push((bits >> count) & 0xff)
    }
  }
  return bytes
}
