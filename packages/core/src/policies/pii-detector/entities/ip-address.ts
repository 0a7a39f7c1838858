import type { Detected, DetectorWindow, Inspection } from '../entity-detector.ts'
import { touchesWord } from '../number-boundary.ts'
import { isIpv6 } from './ipv6.ts'

/** An IPv6 address with zone and prefix length, and the word before a version number. */
export const window: DetectorWindow = { lookBehind: 16, reach: 96 }

const ipv4 =
  /(?<![0-9]|[0-9]\.)(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?:\/(?:3[0-2]|[12]?[0-9])(?!\w|\.\w))?(?![\w[]|\.[0-9[])/g
const versionBefore =
  /(?:\bv|\bver|\bversions?|\brelease|\bbuild|\bsection|\bchapter|§)[.:=]?[ \t]*$/i
const zoneAndPrefix = /^(?:%[A-Za-z0-9][\w.-]{0,14})?(?:\/[0-9]{1,3}(?!\w|\.\w))?/
const longest = 45

/** Finds IPv4 addresses, with CIDR prefix (RFC 4632) when written; not version numbers. Runs after IPv6, which may hold one. */
export function* findIpv4Addresses(inspection: Inspection): Iterable<Detected> {
  const { text, claims } = inspection
  for (const match of text.matchAll(ipv4)) {
    const start = match.index
    const octets = match[0].split(/[./]/, 4)
    if (octets.some((octet) => Number(octet) > 255) || touchesWord(inspection, start)) continue
    if (versionBefore.test(text.slice(Math.max(0, start - 14), start))) continue
    const end = start + match[0].length
    if (claims.isFree(start, end)) yield address('ipv4-address', start, end)
  }
}

/** Finds IPv6 addresses (RFC 4291 text forms), with zone (RFC 4007) and prefix when written. */
export function* findIpv6Addresses(inspection: Inspection): Iterable<Detected> {
  const { text, claims } = inspection
  let index = text.indexOf(':')
  while (index !== -1) {
    const place = runAround(text, index)
    const start = place.start
    const end = touchesWord(inspection, start) ? -1 : ipv6End(text, place)
    if (end !== -1 && claims.isFree(start, end)) yield address('ipv6-address', start, end)
    index = text.indexOf(':', Math.max(place.end, index + 1))
  }
}

/** The run of hexadecimal digits, colons and dots around a colon. */
function runAround(text: string, colon: number): { start: number; end: number } {
  let start = colon
  while (start > 0 && colon - start < 5 && /[0-9A-Fa-f]/.test(text[start - 1] ?? '')) start -= 1
  let end = colon
  while (/[0-9A-Fa-f:.]/.test(text[end] ?? '')) end += 1
  return { start, end }
}

function ipv6End(text: string, { start, end }: { start: number; end: number }): number {
  if (end - start > longest + 2) return -1
  const written = text.slice(start, end).replace(/[.]+$|(?<!:):$/, '')
  const addressEnd = start + written.length
  if (/\w/.test(text[addressEnd] ?? ' ')) return -1
  const suffix = zoneAndPrefix.exec(text.slice(addressEnd, addressEnd + 24))?.[0] ?? ''
  const bracketed = text[start - 1] === '[' && text[addressEnd] === ']'
  if (written === '::' ? suffix === '' && !bracketed : !isIpv6(written)) return -1
  return addressEnd + suffix.length
}

function address(rule: string, start: number, end: number): Detected {
  return { rule, type: 'IP_ADDRESS', start, end, score: 950 }
}
