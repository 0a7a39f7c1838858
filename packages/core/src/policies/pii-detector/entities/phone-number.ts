import type { CountryCode } from 'libphonenumber-js/min'
import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { cueText } from '../cue-before.ts'
import type { Detected, DetectorWindow, Inspection } from '../entity-detector.ts'
import type { PhoneCandidate } from './phone-candidate.ts'
import { extensionEnd, phoneCandidates } from './phone-candidate.ts'

/** A number of at most 26 characters with an extension and the word behind it; a cue at most 40 characters before. */
export const window: DetectorWindow = { lookBehind: 44, reach: 64 }

const strongCue =
  /(?<!\p{L})(?:phones?|telephones?|tel|mobiles?|mob|cell(?:phone)?|fax|telefax|landline|desk|ph|whats ?app|hotline|helpline|t[eé]l[eé]phone|t[eé]l|tel[eé]fono|telefone?|telefoon|telefon(?:nummer|u|u numarası)?|tlf|m[oó]vil|celular|cellulare|portable|handy(?:nummer)?|mobil(?:nummer|funk)?|rufnummer|gsm|(?:call|ring|reach|contact|text|sms|dial|phone)(?:ed|ing)?(?: (?:me|us|him|her|them|back|to|my|the|this|out|number|later|today|tomorrow|on|at|now)){1,4}|(?:my|his|her|our|their|your|the|contact|office|home|work|us|uk|direct|emergency|personal|business)(?: (?!id|order|ticket|account|card|invoice|serial|passport|licen[cs]e|policy|tax|case|model|version|tracking|reference|member|insurance|security|routing|bank|customer|part|batch|registration|patient|student|employee|social|national|health)[a-z]{2,12})? (?:number|no\.?|nr\.?|#))(?![\p{L}\p{N}_-])|[☎☏✆📞📱🖷]/iu
// `T: 030 901820`, as signatures have it.
const letterLabel = /(?<![\p{L}\p{N}])[TPMFH](?:[.:]|\s?:)\s?$/u
const weakCue =
  /\b(?:calls?|called|calling|dial|ring|text|sms|numbers?|contacts?|reach|message|speak)\b/i
const notAPhone =
  /(?:\b(?:id|ids|order|ticket|account|acct|invoice|ref|reference|case|run|timestamp|ts|version|build|port|pid|transaction|tracking|isbn|sku|serial|part|model|item|customer|policy|claim|booking|step|seed|epoch|zip|hash)(?: (?:no|nr|number|id|is))?\.?|#)["']?[ ]?[:=#]?[ ]?["']?$/i
const cueAfter = /^[ ]?[-(,\\:]{0,2}[ ]?(?:office|fax|mobile|cell|home|work|desk|phone|tel)\b/i

// A date, alone or with a time: by the lengths of its digit groups and its century.
const dateShape = /^(?:4-[12]-[12](?:-.*)?|[12]-[12]-4(?:-.*)?)$/
const century = /(?:^|[^0-9])(?:19|20)[0-9]{2}(?![0-9])/

/**
 * Finds phone numbers. Written with `+` or in the North American form they count when libphonenumber says *possible*; bare digits and
 * other national forms when *valid* in a configured region, or when a cue (`call me at`, `phone:`, `fax`) stands before.
 */
export function* findPhoneNumbers(inspection: Inspection): Iterable<Detected> {
  const { digits } = inspection
  for (let index = 0; index < digits.length; index += 1) {
    const number = phoneAt(inspection, index)
    if (number === null) continue
    yield number
    while ((digits[index + 1]?.start ?? number.end) < number.end) index += 1
  }
}

/** The longest phone number that begins with digit group `index`. */
function phoneAt(inspection: Inspection, index: number): Detected | null {
  const { text, claims, urls } = inspection
  for (const candidate of phoneCandidates(inspection, index)) {
    const { start, end } = candidate
    if (!claims.isFree(start, end) || !urls.isFree(start, end)) continue
    const score = phoneScore(inspection, candidate)
    if (score === 0) continue
    return {
      rule: 'phone-number',
      type: 'PHONE_NUMBER',
      start,
      end: extensionEnd(text, end),
      score,
    }
  }
  return null
}

/** Confidence in thousandths; 0 when it is not a phone number. */
function phoneScore(inspection: Inspection, candidate: PhoneCandidate): number {
  const { text, phoneRegions } = inspection
  const written = text.slice(candidate.start, candidate.end)
  if (candidate.shape === '3-3-3-4' && /^001[-. ]/.test(written)) return 900
  if (candidate.lead.startsWith('+')) return isPossible(written, phoneRegions) ? 950 : 0
  if (candidate.gaps === '.' || isDate(candidate, written)) return 0
  if (isNorthAmericanForm(candidate) && phoneRegions.some(usesNorthAmericanPlan)) return 900
  const cue = cueText(text, candidate.start)
  if (strongCue.test(cue) || letterLabel.test(cue)) return 800
  if (hasCueAfter(inspection, candidate.end)) return 750
  if (candidate.gaps === '' && candidate.lead === '') return bareScore(inspection, candidate, cue)
  if (isOther(text, candidate)) return 0
  return nationalScore(written, candidate, { regions: phoneRegions, cue })
}

/** `0393 1144137-Office`. Not on answers: they are read while they stream. */
function hasCueAfter({ text, direction }: Inspection, end: number): boolean {
  return direction === 'request' && cueAfter.test(text.slice(end, end + 12))
}

function nationalScore(
  written: string,
  candidate: PhoneCandidate,
  { regions, cue }: { readonly regions: readonly string[]; readonly cue: string },
): number {
  const { shape, digitCount } = candidate
  if (/^00[1-9]/.test(written)) return isValid(`+${written.slice(2)}`, regions) ? 850 : 0
  // Asking the library costs more than all else: only about what can be a number in that region.
  const likely = regions.filter((region) =>
    usesNorthAmericanPlan(region)
      ? northAmericanShapes.has(shape)
      : digitCount >= 8 && digitCount <= 12 && shape.length <= 11,
  )
  if (isValid(written, likely)) return 850
  return weakCue.test(cue) && hasTrunkPrefix(candidate, written) ? 700 : 0
}

/**
 * A form that national numbers have and hardly anything else: groups of two digits or more behind a zero, or an area code in
 * brackets before two groups. With a word such as `call` before it, it does not matter which country's.
 */
function hasTrunkPrefix(
  { shape, lead, gaps, digitCount }: PhoneCandidate,
  written: string,
): boolean {
  if (/(?:^|-)1(?:-|$)/.test(shape) || !/^(?:\) ?)?[ -./]*$/.test(gaps)) return false
  if (lead === '(')
    return /^[2-4]-[2-5]-[2-4]$/.test(shape) && /^\) ?[- ]$/.test(gaps) && digitCount >= 8
  return /^0[1-9]/.test(written) && /^[2-5]-/.test(shape) && digitCount >= 9 && digitCount <= 12
}

const northAmericanShapes = new Set(['3-3-4', '3-7', '6-4', '1-3-3-4', '1-3-7'])

function bareScore(
  { text, phoneRegions }: Inspection,
  candidate: PhoneCandidate,
  cue: string,
): number {
  const written = text.slice(candidate.start, candidate.end)
  if (candidate.digitCount < 8 || candidate.digitCount > 12) return 0
  if (weakCue.test(cue) && isPossible(written, phoneRegions)) return 750
  return !isOther(text, candidate) && isValid(written, phoneRegions) ? 700 : 0
}

/** True when a word before says that the number is one of another kind. */
function isOther(text: string, { start }: PhoneCandidate): boolean {
  const before = text.slice(Math.max(0, start - 32), start)
  return notAPhone.test(before) || /[=_]$/.test(before)
}

/** `NNN-NNN-NNNN`, `(NNN) NNN-NNNN`, `NNN.NNN.NNNN`, also with a leading 1: ten digits, so always *possible*. */
function isNorthAmericanForm({ shape, lead, gaps, digitCount }: PhoneCandidate): boolean {
  if (lead === '(') {
    return (shape === '3-3-4' && gaps.startsWith(')')) || (shape === '3-7' && digitCount === 10)
  }
  if (shape === '3-3-4') return /^(?:--|\.\.|\/-|\/\.| -|-\.|\.-|- )$/.test(gaps)
  return shape === '1-3-3-4' && /^(?:---|\.\.\.|[ -]\(\) ?-| --)$/.test(gaps)
}

function isDate({ shape }: PhoneCandidate, written: string): boolean {
  return dateShape.test(shape) && century.test(written)
}

const northAmerican = new Set(['US', 'CA'])

function usesNorthAmericanPlan(region: string): boolean {
  return northAmerican.has(region)
}

function isPossible(written: string, regions: readonly string[]): boolean {
  return regions.some((region) => parse(written, region)?.isPossible() === true)
}

function isValid(written: string, regions: readonly string[]): boolean {
  return regions.some((region) => parse(written, region)?.isValid() === true)
}

function parse(written: string, region: string) {
  return parsePhoneNumberFromString(written, {
    defaultCountry: region as CountryCode,
    extract: false,
  })
}
