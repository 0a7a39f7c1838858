import { mergeOverlaps } from '../../scan/merge-overlaps.ts'
import { decodeEscapesInSteps } from '../../text/decode-escapes.ts'
import { decodeHidden } from '../../text/hidden-text.ts'
import type { MappedText } from '../../text/mapped-text.ts'
import { composeMapped } from '../../text/mapped-text.ts'
import { normalizeInSteps } from '../../text/normalize.ts'
import type { Steps } from '../../text/steps.ts'
import type { Finding } from './finding.ts'
import { isInMarker } from './finding.ts'
import type { Plan } from './plan.ts'
import { customFinding } from './plan.ts'
import { DlpScanner } from './scan/dlp-scanner.ts'
import { decodeEncoded } from './scan/encoded-parts.ts'
import { decodeEscaped } from './scan/escaped-parts.ts'
import { findInReading } from './scan/rule-scanner.ts'
import { findTerms } from './scan/term-scanner.ts'
import { foldForTerms } from './terms/term-set.ts'

/** Characters that are looked at in one step. */
const stepLength = 16 * 1024

// biome-ignore lint/suspicious/noControlCharactersInRegex: "anything but ASCII" includes its control characters
const beyondAscii = /[^\x00-\x7f]/

/** Finds what the plan looks for in a request's text and in what it hides: ascending, not overlapping. Linear. */
export function* findInRequest(text: string, plan: Plan): Steps<Finding[]> {
  const found = yield* findAsWritten(text, plan)
  const plain = yield* normalizeInSteps(text)
  const escaped = yield* decodeEscaped(plain)
  const spelled = yield* spelledReadings(text, [plain, ...escaped])
  for (const reading of [...escaped, ...spelled]) {
    yield
    for (const one of findInReading(reading, plan.rules)) found.push(one)
  }
  if (plan.terms.longest > 0 || plan.patterns.length > 0)
    for (const one of yield* ownFindings(text, [plain, ...spelled], plan)) found.push(one)
  return mergeOverlaps(found)
}

/** What the customer's terms and patterns find; a match of theirs may span any part of the text. */
function* ownFindings(
  text: string,
  [plain, ...spelled]: readonly [MappedText, ...MappedText[]],
  plan: Plan,
): Steps<Finding[]> {
  const escapes = yield* decodeEscapesInSteps(plain.text)
  const readings = escapes === undefined ? spelled : [composeMapped(plain, escapes), ...spelled]
  const found = yield* customMatches([plain, ...readings], plan)
  if (plan.terms.longest === 0) return found
  return [...found, ...(yield* hiddenTerms(text, readings, plan))]
}

/** The text goes the way of an answer, piece by piece. */
function* findAsWritten(text: string, plan: Plan): Steps<Finding[]> {
  const scanner = new DlpScanner(plan, { isRequest: true })
  const found: Finding[] = []
  for (let at = 0; at < text.length; at += stepLength) {
    for (const one of scanner.push(text.slice(at, at + stepLength)).found) found.push(one)
    yield
  }
  for (const one of scanner.end().found) found.push(one)
  return found
}

/** What tag characters spell, and base64, hexadecimal and binary in the readings; none for most texts. */
function* spelledReadings(text: string, readings: readonly MappedText[]): Steps<MappedText[]> {
  const hidden = yield* decodeHidden(text)
  const spelled = hidden === undefined ? [] : [hidden]
  for (const reading of readings) {
    const encoded = yield* decodeEncoded(reading)
    if (encoded !== undefined) spelled.push(encoded)
  }
  return spelled
}

function* hiddenTerms(
  text: string,
  readings: readonly MappedText[],
  { terms, weights }: Plan,
): Steps<Finding[]> {
  const homoglyphs = { homoglyphs: true }
  const folded = readings.map((reading) =>
    composeMapped(reading, foldForTerms(reading.text, homoglyphs)),
  )
  if (beyondAscii.test(text)) folded.push(foldForTerms(text, homoglyphs))
  const found: Finding[] = []
  for (const reading of folded) {
    yield
    for (const one of findTerms(reading, terms, weights.terms)) found.push(one)
  }
  return found
}

/** Matches of the customer's patterns, which may span any part of the text. */
function* customMatches(
  readings: readonly MappedText[],
  { patterns, weights }: Plan,
): Steps<Finding[]> {
  const found: Finding[] = []
  for (const { pattern } of patterns) {
    for (const reading of readings) {
      yield
      const matcher = pattern.matcher(reading.text)
      while (matcher.find()) {
        const [start, end] = [matcher.start(), matcher.end()]
        if (end <= start || isInMarker(reading.text, start, end)) continue
        found.push(customFinding(reading.toOriginalSpan(start, end), weights.patterns))
      }
    }
  }
  return found
}
