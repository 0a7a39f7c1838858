import type { Span } from '../../text/span.ts'

/** A sign that characters were put where no reader sees them. Offsets are those of the original text. */
export interface HiddenSign extends Span {
  /** Key of its weight. */
  readonly key: 'tag-text' | 'reordered' | 'split-words'
}

// Emoji flags of regions (England, Scotland, Wales) are the only honest use of tag characters.
const TAG_RUN = /(?<!\u{1f3f4}|[\u{e0020}-\u{e007e}])[\u{e0020}-\u{e007e}]{4,}/u
const SELECTOR_RUN = /[\u{e0100}-\u{e01ef}]{4,}/u
const OVERRIDE = /[\u202d\u202e]/
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}]/u
const SPLIT = /[A-Za-z][\u200b\u2060-\u2064\ufeff\u00ad\u180e\u200c\u200d]{1,8}[a-z]/g
const MIN_SPLITS = 3

/** What of a text is hidden on purpose; nothing for ordinary text, emoji and right-to-left scripts. */
export function findHiddenCharacters(text: string): HiddenSign[] {
  if (!/[\u00ad\u180e\u200b-\u202e\u2060-\u2064\ufeff\udb40]/.test(text)) return []
  const signs: HiddenSign[] = []
  const hidden = TAG_RUN.exec(text) ?? SELECTOR_RUN.exec(text)
  if (hidden !== null) signs.push(signAt('tag-text', hidden))
  const reordered = OVERRIDE.exec(text)
  if (reordered !== null && !RIGHT_TO_LEFT.test(text)) signs.push(signAt('reordered', reordered))
  const split = nth(text.matchAll(SPLIT), MIN_SPLITS)
  if (split !== undefined) signs.push(signAt('split-words', split))
  return signs
}

function signAt(key: HiddenSign['key'], match: RegExpExecArray): HiddenSign {
  return { key, start: match.index, end: match.index + match[0].length }
}

function nth<T>(items: Iterable<T>, count: number): T | undefined {
  let seen = 0
  for (const item of items) {
    seen += 1
    if (seen === count) return item
  }
  return undefined
}
