import type { Direction } from '../../message/segment.ts'
import type { Span } from '../../text/span.ts'
import type { Claims } from './claims.ts'
import type { DigitGroup } from './digit-groups.ts'
import type { FindingType } from './entity-types.ts'
import type { ConfirmedNames } from './person/confirmed-names.ts'
import type { PersonMode } from './person/person-mode.ts'

/**
 * How much text a detector reads around a match, in characters (decision S1): at most `lookBehind` before it,
 * and at most `reach` from its first character to the last one it looks at.
 */
export interface DetectorWindow {
  readonly lookBehind: number
  readonly reach: number
}

/** What a detector found, in offsets of the normalised text. */
export interface Detected extends Span {
  readonly rule: string
  readonly type: FindingType
  /** Thousandths. */
  readonly score: number
  /** Set when a check digit confirms it. */
  readonly proven?: true
}

/** Says that only what begins behind the first characters of a text is looked for; they are its context. */
export interface TextPart {
  /** Where the part begins in the text. */
  readonly from: number
  /** Where the text begins in the whole answer. */
  readonly base: number
  /** Names of the answer so far. */
  readonly names: ConfirmedNames
  /** What follows the text, as far as it was read: the word behind a name says much about it. */
  readonly behind: string
  /** False when it is known that no name in lower case stands in the part. */
  readonly lowerCase: boolean
}

/** The text under inspection and what is known about it. One per segment. */
export interface Inspection {
  /** Normalised text, with `]` in the place of every character that is claimed. */
  readonly text: string
  /** On answers a detector may not look at cues behind a match. */
  readonly direction: Direction
  /** All runs of ASCII digits of `text`, in order. */
  readonly digits: readonly DigitGroup[]
  /** Findings of the detectors before. */
  readonly claims: Claims
  /** Paths of URLs: numbers in them are not data about people. */
  readonly urls: Claims
  /** Local parts of the e-mail addresses in the text. */
  readonly mailboxes: readonly string[]
  /** Where the card numbers in the text end. */
  readonly cardEnds: ReadonlySet<number>
  /** Set when the text is a part of an answer. */
  readonly part?: TextPart | undefined
  /** ISO 3166-1 regions for national phone numbers. */
  readonly phoneRegions: readonly string[]
  /** How readily words are taken for a name; `balanced` when nothing is said. */
  readonly personMode?: PersonMode | undefined
}
