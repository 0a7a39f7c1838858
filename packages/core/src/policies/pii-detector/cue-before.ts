/** Characters a cue may be away from what it announces. */
const cueReach = 40

/**
 * The text before `start` in which a cue may stand: at most 40 characters, cut at digits, `@` and markers.
 * The cut makes a cue speak for the next value only, and keeps a text that was redacted once from reading differently.
 */
export function cueText(text: string, start: number): string {
  const window = text.slice(Math.max(0, start - cueReach), start)
  const cut = window.search(/[0-9@\][<>*][^0-9@\][<>*]*$/)
  return cut < 0 ? window : window.slice(cut + 1)
}
