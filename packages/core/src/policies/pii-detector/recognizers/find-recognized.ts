import type { Detected, DetectorWindow, Inspection } from '../entity-detector.ts'
import type { FindingRules } from '../finding-rules.ts'
import { weighed } from '../finding-rules.ts'
import { numberMayEnd } from '../number-boundary.ts'
import type { CueIndex, CuePlaces } from './cue-index.ts'
import { cueReach, gapBefore, gapBehind, windowAfter, windowBefore } from './cue-words.ts'
import type { FormUse, RecognizerSet } from './recognizer-set.ts'
import { beginsValue } from './value-start.ts'

/** The longest value of any recogniser, in UTF-16 units. */
export const longestValue = 64

/** A value with what may not follow it; cues before it. (Those behind it count on requests only.) */
export const window: DetectorWindow = {
  lookBehind: cueReach.before + 2,
  reach: longestValue + 4,
}

/** What a cue adds to the score of a form, in thousandths: before the value more than behind it. */
const weight = { before: 400, behind: 250 } as const

/** Words for numbers that no recogniser looks for, right before one, as folded text has them. */
const otherNumber =
  /(?:^|[^\p{L}\p{N}])(?:orders?|tracking|invoice|ticket|receipt|shipment|parcel|transaction|timestamp|phone|telephone|tel|mobile|cell|fax|sku|serial|bestellung|rechnung|telefon|handy|sendung|commande|facture|pedido|factura|telefono)(?:[ _-](?:number|num|no|nr|id|code))?(?: is)?[\s:#=.]{0,3}$/u

/** A finding with what decides between it and others that overlap. */
interface Candidate extends Detected {
  /** Characters between the value and its cue. */
  readonly gap: number
}

/** Finds the values of all recognisers of the set in one pass; `rules` say which count. Linear: bounded work wherever a word or number begins. */
export function findRecognized(
  inspection: Inspection,
  set: RecognizerSet,
  rules: FindingRules,
): readonly Detected[] {
  const { text } = inspection
  const { automaton } = set
  const candidates: Candidate[] = []
  let before = Number.NaN
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    if (beginsValue(before, unit) && automaton.mayBegin(unit)) {
      const forms = automaton.formsFrom(text, index, index + longestValue + 1)
      if (forms.length > 0 && standsAlone(inspection, index)) {
        const search = { inspection, set, rules, words: new WordsAround(inspection, set, index) }
        for (const form of forms) collect(search, form, candidates)
      }
    }
    before = unit
  }
  return candidates.length < 2 ? candidates : withoutOverlaps(candidates)
}

/** The place where a value may begin, with all that is asked there. */
interface Search {
  readonly inspection: Inspection
  readonly set: RecognizerSet
  readonly rules: FindingRules
  readonly words: WordsAround
}

/** Adds the values of one form. */
function collect(search: Search, number: number, candidates: Candidate[]): void {
  const { inspection, set, words } = search
  const { text, claims, urls } = inspection
  const { start } = words
  const form = set.forms[number]
  if (form === undefined) return
  form.pattern.lastIndex = start
  const value = form.pattern.exec(text)?.[0]
  if (value === undefined || value === '') return
  const end = start + value.length
  if (!numberMayEnd(text, end) || !claims.isFree(start, end) || !urls.isFree(start, end)) return
  for (const use of form.uses) {
    const found = candidateOf(search, use, value)
    if (found !== null) candidates.push(found)
  }
}

function candidateOf(
  { inspection, rules, words }: Search,
  use: FormUse,
  value: string,
): Candidate | null {
  const { recognizer, rule } = use
  const { entity: type } = recognizer
  if (value.length > recognizer.longest) return null
  const checked = recognizer.check?.(value)
  if (checked === false) return null
  const { start } = words
  const end = start + value.length
  const announced = words.announced(use, end)
  if (checked && announced.gap === Number.POSITIVE_INFINITY && words.nameAnother(value)) return null
  const place = { text: inspection.text, direction: inspection.direction, start, end }
  const score = rules.scoreAt(place, type, checked ? 1000 : announced.score)
  if (score < rules.thresholdOf(type)) return null
  const found = { rule, type, start, end, score, gap: announced.gap }
  return checked ? { ...found, proven: true } : found
}

/**
 * True when nothing before `start` shows that the value is a part of something longer: a marker, a masked value, or digits
 * across a hyphen. A finding before it is no obstacle.
 */
function standsAlone({ text, claims }: Inspection, start: number): boolean {
  const before = text[start - 1] ?? ' '
  if (before === '*' || (before === ']' && claims.isFree(start - 1, start))) return false
  if (!/[-._]/.test(before) || !claims.isFree(start - 2, start - 1)) return true
  // The hash or number in a marker: `[MAC_0aee0a5e8d3e]`.
  if (before === '_' && /\[[A-Z][A-Z_]*$/.test(text.slice(Math.max(0, start - 64), start)))
    return false
  return !/[\p{N}\]*]/u.test(text[start - 2] ?? ' ')
}

/** The cues around one place, looked for when a form asks, and once for all of them. */
class WordsAround {
  readonly start: number
  readonly #text: string
  readonly #cues: CueIndex
  readonly #looksBehind: boolean
  #before: CuesIn | undefined
  /** By where a value ends. */
  readonly #behind = new Map<number, CuesIn>()

  constructor({ text, direction }: Inspection, { cues }: RecognizerSet, start: number) {
    this.start = start
    this.#text = text
    this.#cues = cues
    // What follows is not known yet while an answer comes.
    this.#looksBehind = direction === 'request'
  }

  /** The score of a form with its recogniser's own cues, and how far off the cue is. */
  announced({ score, cues }: FormUse, end: number): { score: number; gap: number } {
    this.#before ??= this.#look(windowBefore(this.#text, this.start))
    const before = gapBefore(this.#before.places.get(cues), this.#before.window)
    if (before !== null) return { score: weighed(score, weight.before), gap: before }
    const found = this.#looksBehind ? this.#lookBehind(end) : undefined
    const behind = found === undefined ? null : gapBehind(found.places.get(cues), found.window)
    if (behind !== null) return { score: weighed(score, weight.behind), gap: behind }
    return { score, gap: Number.POSITIVE_INFINITY }
  }

  /** True when the word right before digits in one piece says that they are something else: a tenth of all numbers has a right check digit. */
  nameAnother(value: string): boolean {
    if (!/^\d+$/.test(value)) return false
    this.#before ??= this.#look(windowBefore(this.#text, this.start))
    return otherNumber.test(this.#before.window)
  }

  #lookBehind(end: number): CuesIn {
    const known = this.#behind.get(end) ?? this.#look(windowAfter(this.#text, end))
    this.#behind.set(end, known)
    return known
  }

  #look(window: string): CuesIn {
    return { window, places: this.#cues.placesIn(window) }
  }
}

/** A text before or behind a value with the cues in it. */
interface CuesIn {
  readonly window: string
  readonly places: ReadonlyMap<number, CuePlaces>
}

/** Of candidates that overlap the one that says best what stands there: proven, then surer, longer, nearer to its cue. */
function withoutOverlaps(candidates: readonly Candidate[]): readonly Detected[] {
  const kept: Candidate[] = []
  let group: Candidate[] = []
  let groupEnd = 0
  for (const one of candidates) {
    if (one.start >= groupEnd) {
      kept.push(...bestOf(group))
      group = []
    }
    group.push(one)
    groupEnd = Math.max(groupEnd, one.end)
  }
  kept.push(...bestOf(group))
  return kept
}

/** Candidates of one stretch of text, each of which overlaps another. A stretch may be as long as the text: no two are compared. */
function bestOf(group: readonly Candidate[]): readonly Candidate[] {
  const [first] = group
  if (first === undefined || group.length < 2) return group
  const length = group.reduce((most, { end }) => Math.max(most, end), 0) - first.start
  const taken = new Uint8Array(length)
  const chosen: Candidate[] = []
  for (const one of [...group].sort(inRank)) {
    const [start, end] = [one.start - first.start, one.end - first.start]
    if (taken.subarray(start, end).includes(1)) continue
    taken.fill(1, start, end)
    chosen.push(one)
  }
  return chosen.sort((x, y) => x.start - y.start)
}

function inRank(a: Candidate, b: Candidate): number {
  return (
    Number(b.proven === true) - Number(a.proven === true) ||
    b.score - a.score ||
    b.end - b.start - (a.end - a.start) ||
    a.gap - b.gap ||
    a.start - b.start
  )
}
