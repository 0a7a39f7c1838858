import { mergeOverlaps } from '../../scan/merge-overlaps.ts'
import { decodeEscapes } from '../../text/decode-escapes.ts'
import { decodeRuns } from '../../text/decode-runs.ts'
import { decodeHidden } from '../../text/hidden-text.ts'
import type { MappedText } from '../../text/mapped-text.ts'
import { composeMapped } from '../../text/mapped-text.ts'
import { normalizeText } from '../../text/normalize.ts'
import type { Steps } from '../../text/steps.ts'
import type { Finding } from './finding.ts'
import { isInMarker } from './finding.ts'
import type { Plan } from './plan.ts'
import { customFinding } from './plan.ts'
import { DlpScanner } from './scan/dlp-scanner.ts'
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
  const plain = normalizeText(text)
  yield
  const readings = yield* hiddenReadings(text, plain)
  for (const reading of readings) {
    for (const one of findInReading(reading, plan.rules)) found.push(one)
    yield
  }
  if (plan.terms.longest > 0)
    for (const one of yield* hiddenTerms(text, readings, plan)) found.push(one)
  for (const one of yield* customMatches([plain, ...readings], plan)) found.push(one)
  return mergeOverlaps(found)
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

/** What escapes, tag characters, base64, hexadecimal and binary spell; none for most texts. */
function* hiddenReadings(text: string, plain: MappedText): Steps<MappedText[]> {
  const readings: MappedText[] = []
  const hidden = decodeHidden(text)
  if (hidden !== undefined) readings.push(hidden)
  const escapes = decodeEscapes(plain.text)
  const readable = escapes === undefined ? plain : composeMapped(plain, escapes)
  if (escapes !== undefined) readings.push(readable)
  yield
  const encoded = yield* decodeRuns(readable.text)
  if (encoded !== undefined) readings.push(composeMapped(readable, encoded))
  yield
  return readings
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
