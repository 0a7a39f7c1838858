import type { KeptText } from '../../../scan/kept-text.ts'
import { mergeOverlaps } from '../../../scan/merge-overlaps.ts'
import { indexInReading, readable, readingsOf } from '../../../text/readings.ts'
import type { DetectionPlan } from '../detection-plan.ts'
import { window as personWindow } from '../entities/person.ts'
import type { Detected } from '../entity-detector.ts'
import { findInPart } from '../find-entities.ts'
import type { Markers } from '../markers.ts'
import { ConfirmedNames } from '../person/confirmed-names.ts'
import type { Block } from './block-cutter.ts'
import type { Clues } from './clues.ts'

/** Text before a block that is shown to the detectors, for cues: the longest reaches back 64 characters. */
export const contextReach = 96
const leastContext = 64

/** Finds the built-in entities of an answer's blocks, one after the other. */
export class BlockInspector {
  readonly #text: KeptText
  readonly #plan: DetectionPlan
  readonly #markers: Markers
  readonly #names = new ConfirmedNames(personWindow.lookBehind)
  #starts: number[] = []
  /** The block before goes on into this one. */
  #overlaps = false

  constructor(text: KeptText, plan: DetectionPlan, markers: Markers) {
    this.#text = text
    this.#plan = plan
    this.#markers = markers
  }

  /**
   * What begins in the block, before the next one; also the rest of what begins in a block that overlaps: it may be more
   * than was found there. Ascending, not overlapping.
   */
  inspect(block: Block, clues: Clues): Detected[] {
    const isSuspect = clues.mayHoldValue || clues.mayHoldName || clues.mayHoldLowerCaseName
    const found = isSuspect ? this.#look(block, clues) : []
    this.#overlaps = block.next < block.end
    this.#starts.push(block.start)
    if (this.#starts.length > 4 * contextReach) this.#starts = this.#starts.slice(-contextReach)
    return found
  }

  #look({ start, end, next, read }: Block, clues: Clues): Detected[] {
    const base = this.#contextStart(start)
    const readings = readingsOf(this.#text.slice(base, end))
    const behind = clues.mayHoldName ? readable(this.#text.slice(end, read)).text : ''
    const found = readings.flatMap((reading, index) => {
      const from = indexInReading(reading, start - base)
      const lowerCase = clues.mayHoldLowerCaseName
      const names = index === 0 ? this.#names : this.#names.copy()
      return findInPart(reading.text, { from, base, names, behind, lowerCase }, this.#plan)
        .filter((one) => (this.#overlaps ? one.end > from : one.start >= from))
        .filter((one) => !this.#markers.isMarker(reading.text, one.start, one.end))
        .map((one) => {
          const span = reading.toOriginalSpan(one.start, one.end)
          return { ...one, start: Math.max(start, span.start + base), end: span.end + base }
        })
        .filter((one) => one.start < next && one.end > one.start)
    })
    return readings.length === 1 ? found : mergeOverlaps(found)
  }

  /** The begin of a block where one lies well: a context that begins within a word reads differently. */
  #contextStart(start: number): number {
    const least = Math.max(0, start - contextReach)
    const block = this.#starts.find((one) => one >= least) ?? start
    return start - block >= leastContext ? block : least
  }
}
