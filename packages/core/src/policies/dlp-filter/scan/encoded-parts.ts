import { decodeRuns } from '../../../text/decode-runs.ts'
import type { MappedText } from '../../../text/mapped-text.ts'
import { composeMapped, MappedTextBuilder } from '../../../text/mapped-text.ts'
import type { Span } from '../../../text/span.ts'
import type { Steps } from '../../../text/steps.ts'

/** Runs of the base64 alphabet of this length may be encoded; shorter ones only as lines under each other. */
const shortestRun = 16
const shortestLine = 8
/** Characters that are looked at in one step. */
const stepLength = 16 * 1024

/** A row of numbers that may be character codes, from the first digit on: all such numbers hold one. */
const numbers = /[0-9][0-9a-fxu+\\#]{0,9}(?:[ \t\r\n,;:.|-]{1,3}[0-9a-fxu+\\#]{2,10}){5,7000}/gi

const base64 = new Uint8Array(128)
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_')
  base64[character.charCodeAt(0)] = 1

const isBase64 = (code: number) => base64[code] === 1

const lineEnd = /={0,6}[ \t]{0,8}\r?\n[ \t>]{0,8}/y

/**
 * What base64, hexadecimal, binary and rows of character codes in a text spell; `undefined` when nothing does. Only those
 * parts are decoded that may be such, which a few looks at each character tell: most texts have none. Linear.
 */
export function* decodeEncoded(plain: MappedText): Steps<MappedText | undefined> {
  const { text } = plain
  const parts: Span[] = []
  yield* addRuns(text, parts)
  yield* addLines(text, parts)
  yield* addRows(text, parts)
  if (parts.length === 0) return undefined
  const builder = new MappedTextBuilder(text)
  for (const { start, end } of joinParts(parts)) {
    const stop = Math.min(end, text.length)
    builder.copy(start, stop)
    // Parts are decoded each by itself: nothing goes on over empty lines.
    builder.replace('\n\n\n\n', stop - 1, stop)
  }
  const excerpt = builder.build()
  const decoded = yield* decodeRuns(excerpt.text)
  return decoded && composeMapped(plain, composeMapped(excerpt, decoded))
}

/** Long runs, each with the shorter one that may stand on the line below. */
function* addRuns(text: string, parts: Span[]): Steps<void> {
  let at = shortestRun - 1
  while (at < text.length) {
    at = readRuns(text, at, parts)
    yield
  }
}

/** One step of the search, which looks at the characters from `from` on; gives where the next begins. */
function readRuns(text: string, from: number, parts: Span[]): number {
  let at = from
  const stop = Math.min(text.length, from + stepLength)
  // A run of this length cannot miss every sixteenth character.
  for (; at < stop; at += shortestRun) {
    if (!isBase64(text.charCodeAt(at))) continue
    const start = runStart(text, at)
    const end = runEnd(text, at)
    if (end - start >= shortestRun && !areWords(text, start, end))
      parts.push({ start, end: nextLineEnd(text, end) })
    at = Math.max(at, end - 1)
  }
  return at
}

/** True for small words with dashes between them, and for lines of dashes: encoded text has capital letters or digits too. */
function areWords(text: string, start: number, end: number): boolean {
  const run = text.slice(start, Math.min(end, start + 256))
  return /[-_/]/.test(run) && !/[A-Z0-9]/.test(run)
}

/** Short lines that hold nothing but a run, with the run that ends the line above. */
function* addLines(text: string, parts: Span[]): Steps<void> {
  let pause = stepLength
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    if (at > pause) {
      pause = at + stepLength
      yield
    }
    const above = text[at - 1] === '\r' ? at - 1 : at
    const start = runStart(text, lineStop(text, above))
    const end = nextLineEnd(text, lineStop(text, above))
    if (lineStop(text, above) - start < shortestLine || end - at <= shortestLine) continue
    parts.push({ start, end: nextLineEnd(text, end) })
  }
}

/** Where the line that ends at `end` has its last character but white space. */
function lineStop(text: string, end: number): number {
  let stop = end
  while (stop > 0 && end - stop < 8 && (text[stop - 1] === ' ' || text[stop - 1] === '\t'))
    stop -= 1
  return stop
}

/** Rows of numbers. */
function* addRows(text: string, parts: Span[]): Steps<void> {
  for (const { index, 0: row } of text.matchAll(numbers)) {
    yield
    // With what may separate it from more of the same.
    parts.push({ start: numberStart(text, index), end: index + row.length + 3 })
  }
}

/** Where the number begins of which a digit stands at `at`. */
function numberStart(text: string, at: number): number {
  let start = at
  while (start > 0 && at - start < 8 && /[0-9a-fxu+\\#]/i.test(text[start - 1] ?? '')) start -= 1
  return start
}

/** Where the run begins in which `at` stands, or which ends there. */
function runStart(text: string, at: number): number {
  let start = at
  while (start > 0 && isBase64(text.charCodeAt(start - 1))) start -= 1
  return start
}

function runEnd(text: string, at: number): number {
  let end = at
  while (end < text.length && isBase64(text.charCodeAt(end))) end += 1
  return end
}

/** Where the run on the line below the one that ends at `end` ends; `end` with its padding when there is none. */
function nextLineEnd(text: string, end: number): number {
  lineEnd.lastIndex = end
  const gap = lineEnd.exec(text)?.[0].length
  let stop = gap === undefined ? end : runEnd(text, end + gap)
  while (stop - end < 6 && text[stop] === '=') stop += 1
  return stop
}

/** The parts in order, those that touch as one. */
function joinParts(parts: readonly Span[]): Span[] {
  const joined: { start: number; end: number }[] = []
  for (const { start, end } of [...parts].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1)
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end)
    else joined.push({ start, end })
  }
  return joined
}
