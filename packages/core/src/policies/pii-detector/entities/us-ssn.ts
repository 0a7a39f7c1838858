import { cueText } from '../cue-before.ts'
import type { DigitGroup } from '../digit-groups.ts'
import { between } from '../digit-groups.ts'
import type { Detected, DetectorWindow, Inspection } from '../entity-detector.ts'
import { numberMayBegin, numberMayEnd } from '../number-boundary.ts'

/** Eleven characters and what touches them; a cue at most 40 characters before. */
export const window: DetectorWindow = { lookBehind: 42, reach: 16 }

// Social insurance numbers are Canadian.
const cue =
  /\b(?:ssns?|social(?![ _-]insurance)(?:[ -]security)?(?:[ -](?:no|nr|num|number))?|ss ?#|ss ?no)\b/i
const separator = /^[-. \u2010-\u2014]$/u

/**
 * Finds US social security numbers. Formatted ones (`NNN-NN-NNNN`, one separator throughout) count when the Social Security
 * Administration could have issued their groups, the well-known sample numbers too; other spellings only behind a cue such as `SSN`.
 */
export function* findUsSsns(inspection: Inspection): Iterable<Detected> {
  const { digits, claims } = inspection
  for (let index = 0; index < digits.length; index += 1) {
    const match = formatted(inspection, index) ?? unformatted(inspection, index)
    if (match === null || !claims.isFree(match.start, match.end)) continue
    yield match
    while ((digits[index + 1]?.start ?? match.end) < match.end) index += 1
  }
}

function formatted(inspection: Inspection, index: number): Detected | null {
  const { text, digits } = inspection
  const [area, group, serial] = digits.slice(index, index + 3)
  if (area === undefined || group === undefined || serial === undefined) return null
  if (!hasLengths([area, group, serial], [3, 2, 4])) return null
  const gap = between(text, area, group)
  if (!separator.test(gap) || between(text, group, serial) !== gap) return null
  if (!isIssuable(area.digits + group.digits + serial.digits)) return null
  return standsAlone(inspection, area.start, serial.end) ? ssn(area.start, serial.end, 950) : null
}

/** Nine digits in one piece, or cut once, behind a cue. */
function unformatted(inspection: Inspection, index: number): Detected | null {
  const { text, digits } = inspection
  const first = digits[index]
  if (first === undefined || ![3, 5, 9].includes(first.digits.length)) return null
  const second = first.digits.length === 9 ? undefined : digits[index + 1]
  if (first.digits.length < 9) {
    if (second === undefined || second.digits.length + first.digits.length !== 9) return null
    if (!separator.test(between(text, first, second))) return null
  }
  const end = second?.end ?? first.end
  if (!isIssuable(first.digits + (second?.digits ?? ''))) return null
  if (!standsAlone(inspection, first.start, end)) return null
  return cue.test(cueText(text, first.start)) ? ssn(first.start, end, 850) : null
}

function hasLengths(groups: readonly DigitGroup[], lengths: readonly number[]): boolean {
  return groups.every((group, index) => group.digits.length === lengths[index])
}

function standsAlone(inspection: Inspection, start: number, end: number): boolean {
  return numberMayBegin(inspection, start) && numberMayEnd(inspection.text, end)
}

/** 20 CFR 422.103 and SSA practice: no area 000, 666 or 9xx, no group 00, no serial 0000. */
function isIssuable(number: string): boolean {
  return !/^(?:000|666|9)/.test(number) && !/^.{3}00/.test(number) && !number.endsWith('0000')
}

function ssn(start: number, end: number, score: number): Detected {
  return { rule: 'us-ssn', type: 'US_SSN', start, end, score }
}
