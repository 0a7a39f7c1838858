/** A numbered marker as it stands in a text. */
export interface Placeholder {
  readonly label: string
  readonly number: number
}

/** Longest spelling of a placeholder that is recognised, in characters. */
export const longestPlaceholder = 64

// Models change the case, turn `_` into a space, escape it as Markdown wants it or the brackets as HTML wants it.
const opening = String.raw`(?:\\?\[|&(?:#0{0,2}91|#x0{0,2}5b|lbrack|lsqb);)`
const closing = String.raw`(?:\\?\]|&(?:#0{0,2}93|#x0{0,2}5d|rbrack|rsqb);)`
const gap = String.raw`(?:\\?_| )`
// Any label: those of plug-ins and of customers' own types are not known here.
const name = `[a-z][a-z0-9]{0,23}(?:${gap}[a-z0-9]{1,23}){0,5}?`
const spelling = `${opening} {0,2}(${name})${gap}([1-9][0-9]{0,6}) {0,2}${closing}`
const here = new RegExp(spelling, 'iy')
const anywhere = new RegExp(spelling, 'gi')

/** How numbered markers are written: `[EMAIL_1]`. */
export function writePlaceholder({ label, number }: Placeholder): string {
  return `[${label}_${number}]`
}

/** The placeholder that begins at `start`, and where it ends. */
export function placeholderAt(text: string, start: number): (Placeholder & { end: number }) | null {
  here.lastIndex = start
  const match = here.exec(text)
  return match === null ? null : { ...read(match), end: here.lastIndex }
}

/** All placeholders of a text, in order. Linear. */
export function placeholdersIn(text: string): Placeholder[] {
  return [...text.matchAll(anywhere)].map(read)
}

function read(match: RegExpExecArray): Placeholder {
  const label = (match[1] ?? '').toUpperCase().replaceAll('\\', '').replaceAll(' ', '_')
  return { label, number: Number(match[2]) }
}

const entities = ['[', ']'].flatMap((bracket) =>
  bracket === '['
    ? ['&#91;', '&#091;', '&#0091;', '&#x5b;', '&#x05b;', '&#x005b;', '&lbrack;', '&lsqb;']
    : ['&#93;', '&#093;', '&#0093;', '&#x5d;', '&#x05d;', '&#x005d;', '&rbrack;', '&rsqb;'],
)
const openings = entities.slice(0, entities.length / 2)

/** True when a placeholder with one of the labels may begin where `tail` begins, if more text follows. */
export function mayBecomePlaceholder(tail: string, labels: Iterable<string>): boolean {
  if (tail.length >= longestPlaceholder) return false
  const lower = tail.toLowerCase()
  const opened = openings.find((entity) => lower.startsWith(entity))
  if (opened === undefined && lower.startsWith('&'))
    return openings.some((one) => one.startsWith(lower))
  const inner = opened === undefined ? lower.replace(/^\\?\[?/, '') : lower.slice(opened.length)
  return mayBeInner(withoutPartOfEnd(inner), labels)
}

/** The inside with plain `_`, without a closing that has only begun. */
function withoutPartOfEnd(inner: string): string {
  const begun = inner.lastIndexOf('&')
  const isEnd = begun >= 0 && entities.some((one) => one.startsWith(inner.slice(begun)))
  return (isEnd ? inner.slice(0, begun) : inner).replaceAll('\\', '').replaceAll(' ', '_')
}

function mayBeInner(inner: string, labels: Iterable<string>): boolean {
  const text = inner.replace(/^_{1,2}/, '').toUpperCase()
  for (const label of labels) {
    if (label.startsWith(text)) return true
    if (!text.startsWith(label)) continue
    if (/^_(?:[1-9][0-9]{0,6}_{0,2})?$/.test(text.slice(label.length))) return true
  }
  return false
}
