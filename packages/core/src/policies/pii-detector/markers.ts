import type { FindingType } from './entity-types.ts'
import { entityNamed, markerLabel, plainName } from './entity-types.ts'
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
    // What is neither an entity nor built in is a type of the deny list.
    custom.set(markerType(name) ?? plainName(name), marker)
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

/** What `pci_mode` finds besides card numbers. */
const cardTypes = new Set(['CVV', 'CARD_HOLDER', 'CARD_EXPIRY'])

/** The finding type that a key of `custom_markers` means, or `null`. */
export function markerType(name: string): FindingType | null {
  if (/^custom$/i.test(name)) return 'CUSTOM'
  const type = plainName(name)
  if (cardTypes.has(type)) return type
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
  if (type === 'IP_ADDRESS') return hide(value, { first: 2, last: 0 })
  return hide(value, { first: 0, last: entityNamed(type) === null ? 0 : 4 })
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
