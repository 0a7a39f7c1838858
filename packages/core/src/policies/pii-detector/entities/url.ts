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
  String.raw`(?<![\p{L}\p{N}@._/=-])(?=[\p{L}\p{N}-]{2})${host}(?:${bareEndings}|${bareEndings.toUpperCase()})(?![\p{L}\p{N}_-]|\.[\p{L}\p{N}]|\()${rest}`,
  'gu',
)
const punctuationAtEnd = /[.,;:!?)\]}'*_]+$/

/** Finds URLs (RFC 3986) with a scheme, and addresses of sites without one that have a frequent ending. */
export function findUrls(text: string): Detected[] {
  if (!text.includes('.')) return []
  const found: Detected[] = []
  let free = 0
  const add = (match: RegExpExecArray, score: number) => {
    const written = match[0].replace(punctuationAtEnd, '')
    const end = match.index + written.length
    if (match.index >= free)
      found.push({ rule: 'url', type: 'URL', start: match.index, end, score })
  }
  for (const match of text.matchAll(withScheme)) add(match, 850)
  const covered = [...found]
  for (const match of text.matchAll(bare)) {
    while (covered[0] !== undefined && covered[0].end <= match.index) covered.shift()
    free = covered[0] !== undefined && covered[0].start <= match.index ? covered[0].end : 0
    add(match, 600)
  }
  return found
}
