import type { Segment, SegmentField } from '../message/segment.ts'
import type { Match, Policy, Scanned, TextScanner } from '../policies/policy.ts'

const dataFields: ReadonlySet<SegmentField> = new Set(['tool_arguments', 'tool_result', 'metadata'])
/** Keys of the API itself, under which the text as a whole stands: they say nothing about it. */
const bodyKeys: ReadonlySet<string> = new Set(['arguments', 'content', 'input', 'output', 'text'])
/** The last key of an address, also of a list's items. A key that may not be shown is `*`, and is not read. */
const lastKey = /(?:^|\.)([A-Za-z_][A-Za-z0-9_-]{0,63})(?:\[\d{1,9}\])*$/

/**
 * What stands before a value inside JSON data, as it would be written: `"password":"` says what the value is, which the
 * value alone does not. Empty for other texts and for policies that do not ask for it.
 */
export function keyLead(policy: Policy, place: Omit<Segment, 'text'>): string {
  if (!policy.readsKeys || place.kind !== 'text' || !dataFields.has(place.field)) return ''
  const key = lastKey.exec(place.address)?.[1]
  return key === undefined || bodyKeys.has(key) ? '' : `"${key}":"`
}

/** Matches in a text that was shown behind `lead` characters, in offsets of the text alone. */
export function withoutLead(matches: readonly Match[], lead: number): readonly Match[] {
  if (lead === 0) return matches
  return matches.flatMap((match) => {
    const { start, end } = match
    // An empty span means the whole text; what lies in the key alone is the key's own finding.
    if (start === end) return { ...match, start: 0, end: 0 }
    return end <= lead ? [] : { ...match, start: Math.max(0, start - lead), end: end - lead }
  })
}

/** Shows a text to a scanner behind what stands before it. */
export function scanBehind(lead: string, scanner: TextScanner<Match>): TextScanner<Match> {
  if (lead === '') return scanner
  let before = lead
  const ofText = ({ found, decided }: Scanned<Match>): Scanned<Match> => ({
    found: withoutLead(found, lead.length),
    decided: Math.max(0, decided - lead.length),
  })
  return {
    push: (text) => {
      const shown = before + text
      before = ''
      return ofText(scanner.push(shown))
    },
    end: () => ofText(scanner.end()),
  }
}
