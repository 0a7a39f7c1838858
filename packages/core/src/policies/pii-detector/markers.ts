import type { FindingType } from './entity-types.ts'
import { entityNamed, markerLabel } from './entity-types.ts'
import { writePlaceholder } from './numbered/placeholder.ts'

/** How findings are replaced. */
export interface MarkerOptions {
  readonly marker_format: string
  /** Makes the hash of a value, for `marker_format: hash`. */
  readonly hash: (type: FindingType, value: string) => string
  readonly preserve_length: boolean
  readonly custom_markers: Readonly<Record<string, string>>
}

/** The number of a value in its call. */
export type NumberOf = (type: FindingType, value: string) => number

/** Makes replacements for one configuration. */
export interface Markers {
  /** The marker for a finding of `type` whose text is `value`; `numberOf` numbers values where markers have numbers. */
  replacement(type: FindingType, value: string, numberOf: NumberOf): string
  /** The customer's own markers. */
  readonly fixed: readonly string[]
  /** True when `start` to `end` of `text` lies in a custom marker that stands there already. */
  isMarker(text: string, start: number, end: number): boolean
}

/** Compiles the `redaction` options. */
export function createMarkers(options: MarkerOptions): Markers {
  const custom = new Map<FindingType, string>()
  for (const [name, marker] of Object.entries(options.custom_markers)) {
    const type = markerType(name)
    if (type !== null) custom.set(type, marker)
  }
  const fixed = [...new Set(custom.values())]
  return {
    fixed,
    replacement: (type, value, numberOf) => {
      const fixedMarker = custom.get(type)
      if (fixedMarker === undefined && options.marker_format === 'numbered')
        return writePlaceholder({ label: markerLabel(type), number: numberOf(type, value) })
      if (fixedMarker === undefined && options.marker_format === 'hash')
        return `[${markerLabel(type)}_${options.hash(type, value)}]`
      const marker = fixedMarker ?? formatted(options.marker_format, type, value)
      return options.preserve_length ? withLength(marker, value.length) : marker
    },
    isMarker: (text, start, end) => fixed.some((marker) => liesIn(marker, text, { start, end })),
  }
}

/** The finding type that a key of `custom_markers` means, or `null`. */
export function markerType(name: string): FindingType | null {
  if (/^custom$/i.test(name)) return 'CUSTOM'
  if (/^cvv$/i.test(name)) return 'CVV'
  if (/^card[_ -]?holder$/i.test(name)) return 'CARD_HOLDER'
  return entityNamed(name)
}

function formatted(format: string, type: FindingType, value: string): string {
  if (format === 'asterisks') return '********'
  if (format === 'partial') return partial(type, value)
  return `[${markerLabel(type)}_REDACTED]`
}

function withLength(marker: string, length: number): string {
  return marker.length <= length ? marker.padEnd(length, '*') : '*'.repeat(length)
}

/** Keeps what helps a reader to recognise a value of their own and hides the rest. As long as the value. */
function partial(type: FindingType, value: string): string {
  if (type === 'EMAIL_ADDRESS') return hide(value, { first: 1, last: 0 })
  if (type === 'PERSON' || type === 'CARD_HOLDER') {
    return value.replace(/[\p{L}\p{M}\p{N}]+/gu, (word) => hide(word, { first: 1, last: 0 }))
  }
  if (type === 'CUSTOM' || type === 'CVV') return hide(value, { first: 0, last: 0 })
  return type === 'IP_ADDRESS'
    ? hide(value, { first: 2, last: 0 })
    : hide(value, { first: 0, last: 4 })
}

/** Replaces letters and digits by `*`, except the first and last few of them. */
function hide(value: string, shown: { first: number; last: number }): string {
  const characters = [...value]
  const places = characters.flatMap((character, index) => (isSign(character) ? [index] : []))
  const kept = new Set(places.slice(0, shown.first))
  if (shown.last > 0 && places.length > shown.last * 2) {
    for (const place of places.slice(-shown.last)) kept.add(place)
  }
  return characters
    .map((character, index) =>
      isSign(character) && !kept.has(index) ? '*'.repeat(character.length) : character,
    )
    .join('')
}

function isSign(character: string): boolean {
  return /[\p{L}\p{M}\p{N}]/u.test(character)
}

function liesIn(marker: string, text: string, span: { start: number; end: number }): boolean {
  const value = text.slice(span.start, span.end)
  let at = marker.indexOf(value)
  while (at !== -1) {
    if (text.startsWith(marker, span.start - at)) return true
    at = marker.indexOf(value, at + 1)
  }
  return false
}
