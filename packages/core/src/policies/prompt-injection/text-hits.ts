import type { Marker } from './markers.ts'
import { markers } from './markers.ts'
import { ruleNumber } from './rules.ts'
import { hasOtherScripts, scriptRules } from './scripts.ts'
import type { RuleHit } from './word-patterns.ts'

/** Which markers count. */
export interface MarkerOptions {
  readonly fakeBoundaries: boolean
  readonly delimiters: boolean
}

const numbered = markers.map((marker) => ({ marker, rule: ruleNumber(marker.key) }))
const numberedScripts = scriptRules.map(({ key, pattern }) => ({ pattern, rule: ruleNumber(key) }))
/** As for word patterns: a second fit within this many characters adds nothing. */
const REPEAT_AFTER = 256

/** Where markers and the patterns of other scripts fit in a folded text. */
export function findTextHits(text: string, options: MarkerOptions): RuleHit[] {
  const hits: RuleHit[] = []
  for (const { marker, rule } of numbered) {
    if (wanted(marker, options) && marker.needles.some((needle) => text.includes(needle))) {
      addHits(hits, { text, pattern: marker.pattern, rule })
    }
  }
  if (hasOtherScripts(text)) {
    for (const { pattern, rule } of numberedScripts) addHits(hits, { text, pattern, rule })
  }
  return hits
}

function wanted(marker: Marker, options: MarkerOptions): boolean {
  return marker.family === 'delimiter-escape' ? options.delimiters : options.fakeBoundaries
}

function addHits(
  hits: RuleHit[],
  { text, pattern, rule }: { text: string; pattern: RegExp; rule: number },
): void {
  let last = -REPEAT_AFTER
  for (const match of text.matchAll(pattern)) {
    if (match.index - last < REPEAT_AFTER) continue
    last = match.index
    hits.push({ rule, start: match.index, end: match.index + match[0].length })
  }
}
