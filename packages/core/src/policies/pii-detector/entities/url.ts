import type { Detected, DetectorWindow } from '../entity-detector.ts'

/** A URL is read for at most 768 characters; what stands before it decides whether it begins. */
export const window: DetectorWindow = { lookBehind: 2, reach: 780 }

const host = String.raw`(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}`
const rest = String.raw`(?::[0-9]{1,5})?(?:[/?#][^\s<>"'\x60]{0,640})?`
const withScheme = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:https?|ftps?|sftp|wss?)://(?:[^\s<>"'/@]{1,64}@)?(?:${host}(?:\p{L}{2,24}|xn--[a-z0-9-]{2,59})|[0-9]{1,3}(?:\.[0-9]{1,3}){3}|\[[0-9a-f:.]{2,45}\])(?![\p{L}\p{N}])${rest}`,
  'giu',
)
// Endings that words and code seldom have: a name such as `self.id` or `setup.py` is no address of a site.
const bareEndings =
  'com|org|net|edu|gov|mil|int|biz|info|xyz|site|online|shop|club|app|dev|cloud|tech|blog|ac|ad|ae|ar|au|az|ba|bd|bg|bo|br|by|ca|ch|cl|cn|cy|cz|de|dk|ee|eg|es|eu|fi|fr|ge|gr|hk|hr|hu|ie|il|ir|jp|ke|kr|kz|lk|lt|lu|lv|ma|mx|ng|nl|nz|pe|ph|pk|pt|qa|ro|ru|sa|se|sg|si|sk|th|tn|tr|tw|ua|ug|uk|uy|vn|za'
const bare = new RegExp(
  String.raw`(?=[\p{L}\p{N}-]{2})${host}(?:${bareEndings}|${bareEndings.toUpperCase()})(?![\p{L}\p{N}_-]|\.[\p{L}\p{N}]|\()${rest}`,
  'uy',
)
const punctuationAtEnd = /[.,;:!?)\]}'*_]+$/

/** Longest name of a host. */
const longestHost = 253
const hostCharacter = /[\p{L}\p{N}.-]/u

/** Finds URLs (RFC 3986) with a scheme, and addresses of sites without one that have a frequent ending. */
export function findUrls(text: string): Detected[] {
  const found: Detected[] = []
  if (text.includes('://'))
    for (const match of text.matchAll(withScheme)) found.push(url(match.index, match[0], 850))
  const bareOnes: Detected[] = []
  let next = 0
  // Looked for from the dots on: there are fewer of them than of words.
  for (let dot = text.indexOf('.'); dot !== -1; dot = text.indexOf('.', Math.max(dot + 1, next))) {
    const start = hostStart(text, dot, next)
    next = dot + 1
    if (start === -1) continue
    bare.lastIndex = start
    const written = bare.exec(text)?.[0]
    if (written === undefined) continue
    bareOnes.push(url(start, written, 600))
    next = start + written.length
  }
  return [...found, ...bareOnes.filter(liesOutside(found))]
}

/** Where the host around a dot begins; -1 when it is a part of something else, such as an e-mail address or a path. */
function hostStart(text: string, dot: number, free: number): number {
  if (!/[\p{L}\p{N}]\.[\p{L}\p{N}]/u.test(text.slice(Math.max(0, dot - 1), dot + 2))) return -1
  const least = Math.max(free, dot - longestHost)
  let start = dot
  while (start > least && hostCharacter.test(text[start - 1] ?? '')) start -= 1
  while (start < dot && /[.-]/.test(text[start] ?? '')) start += 1
  return /[\p{L}\p{N}@_/=\\]/u.test(text[start - 1] ?? '') ? -1 : start
}

function url(start: number, written: string, score: number): Detected {
  const end = start + written.replace(punctuationAtEnd, '').length
  return { rule: 'url', type: 'URL', start, end, score }
}

/** Says of findings in order whether they touch none of `others`, which are in order too. */
function liesOutside(others: readonly Detected[]): (one: Detected) => boolean {
  let index = 0
  return ({ start, end }) => {
    while ((others[index]?.end ?? Number.POSITIVE_INFINITY) <= start) index += 1
    return (others[index]?.start ?? Number.POSITIVE_INFINITY) >= end
  }
}
