import type { MappedText } from '../../text/mapped-text.ts'
import type { Finding } from './finding.ts'
import { findHiddenCharacters } from './hidden-characters.ts'
import { markers } from './markers.ts'

/** What a fake turn in a system prompt scores: ordinary system prompts have none, so one is enough. */
const MARKER_SCORE = 950
const HIDDEN_SCORES = { 'tag-text': 950, reordered: 850, 'split-words': 600 } as const

/** What of a system or developer turn cannot be meant honestly: a turn of somebody else inside it, hidden text. */
export function findInSystemText(
  text: string,
  folded: MappedText,
  settings: { readonly disguises: boolean; readonly markers: { readonly fakeBoundaries: boolean } },
): Finding | undefined {
  const findings: Finding[] = []
  if (settings.disguises) {
    for (const { key, start, end } of findHiddenCharacters(text)) {
      findings.push({ rule: 'hidden-characters', score: HIDDEN_SCORES[key], start, end })
    }
  }
  if (settings.markers.fakeBoundaries) findings.push(...fakeTurns(folded))
  return findings.sort((a, b) => b.score - a.score)[0]
}

function fakeTurns(folded: MappedText): Finding[] {
  return markers
    .filter(({ everywhere }) => everywhere === true)
    .filter(({ needles }) => needles.some((needle) => folded.text.includes(needle)))
    .flatMap(({ family, pattern }) => {
      const match = folded.text.matchAll(pattern).next().value
      if (match === undefined) return []
      const span = folded.toOriginalSpan(match.index, match.index + match[0].length)
      return [{ rule: family, score: MARKER_SCORE, ...span }]
    })
}
