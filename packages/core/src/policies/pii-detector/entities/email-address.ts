import type { Detected, DetectorWindow, Inspection } from '../entity-detector.ts'

/** Local part and domain: at most 128 characters before the `@` and 255 behind it. */
export const window: DetectorWindow = { lookBehind: 8, reach: 384 }

const maxLocal = 128
const maxDomain = 255

// RFC 5322 atext without what punctuates prose and URLs (`= / ? { | } ^ *` and the backtick). `*` stays out so that partly
// masked addresses are not addresses.
const localCharacter = /[\p{L}\p{M}\p{N}._%+\-'&#$!~]/u
const domainCharacter = /[\p{L}\p{M}\p{N}.-]/u
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]/u
const topLevel = /^(?:xn--[a-z0-9-]{2,59}|[a-z]{2,24}|(?![a-z])[\p{L}\p{M}]{2,24})/iu

/** Endings of file names that are no top-level domains: `icon@2x.png` is not an address. */
const fileEndings = new Set(
  'css csv dll exe gif html ipynb java jpeg jpg js json jsx lock log onnx pdf pkl png svg toml ts tsx txt xml yaml yml'.split(
    ' ',
  ),
)

/** Finds e-mail addresses (RFC 5322 dot-atom and quoted local parts, international domains). Linear: bounded work per `@`. */
export function findEmailAddresses({ text }: Inspection): Detected[] {
  const found: Detected[] = []
  let free = 0
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    const start = localStart(text, at, free)
    if (start === at) continue
    const end = domainEnd(text, at + 1)
    if (end === -1 || isSshRemote(text, { start, at, end })) continue
    found.push({ rule: 'email-address', type: 'EMAIL_ADDRESS', start, end, score: 1000 })
    free = end
    at = end - 1
  }
  return found
}

function localStart(text: string, at: number, free: number): number {
  if (text[at - 1] === '"') return quotedStart(text, at, free)
  const least = Math.max(free, at - maxLocal)
  const breaksAtScript = text.charCodeAt(at - 1) < 0x80
  let start = at
  while (start > least) {
    const character = text[start - 1] ?? ''
    if (!localCharacter.test(character)) break
    if (breaksAtScript && unspaced.test(character)) break
    start -= 1
  }
  while (start < at && /[^\p{L}\p{N}_]/u.test(text[start] ?? '')) start += 1
  return start
}

function quotedStart(text: string, at: number, free: number): number {
  const least = Math.max(free, at - 66)
  const before = text.slice(least, at - 1)
  const quoted = before.slice(before.lastIndexOf('"'))
  return /^"[^"\r\n@]+$/.test(quoted) ? at - 1 - quoted.length : at
}

/** End of the domain that starts at `start`, or -1 when there is none with a plausible top level. */
function domainEnd(text: string, start: number): number {
  let end = start
  while (end - start < maxDomain && domainCharacter.test(text[end] ?? '')) {
    if (text[end] === '.' && (end === start || text[end - 1] === '.')) break
    end += 1
  }
  const domain = text.slice(start, end)
  let dot = domain.lastIndexOf('.')
  while (dot > 0) {
    const label = topLevel.exec(domain.slice(dot + 1))?.[0]
    if (label !== undefined && domain[dot - 1] !== '-' && !fileEndings.has(label.toLowerCase())) {
      return start + dot + 1 + label.length
    }
    dot = domain.lastIndexOf('.', dot - 1)
  }
  return -1
}

/** `git@host:path` names a repository, not a person; developers ask about it all day. */
function isSshRemote(text: string, place: { start: number; at: number; end: number }): boolean {
  return (
    text.slice(place.start, place.at).toLowerCase() === 'git' &&
    /^[:/][\w~./-]/.test(text.slice(place.end, place.end + 2))
  )
}
