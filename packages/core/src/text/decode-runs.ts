import { readCodes } from './character-codes.ts'
import { ChangeList } from './excerpt.ts'
import type { MappedText } from './mapped-text.ts'
import { MappedTextBuilder } from './mapped-text.ts'
import { decodeRun, isBase64, mayBeText } from './run-bytes.ts'
import type { Span } from './span.ts'
import type { Steps } from './steps.ts'

/** Longest run that is decoded at once, in characters; what goes on behind it is another run. */
const MAX_RUN = 65_536
const LEVELS = 2
const MIN_RUN = 16
const MIN_LINE = 8
const MAX_LINES = 2_000
const MAX_PADDING = 6
const MAX_INDENT = 8
const STEP = 4_096
const PADDING = '='

/**
 * What the encoded runs of `text` spell, one under the other, two levels deep: base64 (also for URLs, without padding, in
 * lines, of UTF-16), base32, hexadecimal, binary, and rows of character codes. `undefined` when nothing spells text
 * (at least 90 % printable). What is decoded maps to the whole run. Linear.
 */
export function* decodeRuns(text: string, levels = LEVELS): Steps<MappedText | undefined> {
  const runs = yield* findRuns(text)
  const codes = yield* readCodes(text)
  const builder = new MappedTextBuilder(text)
  let pause = STEP
  for (const change of inOrder(runs, codes)) {
    yield* addDecoded(builder, change, levels)
    if (builder.length < pause) continue
    yield
    pause = builder.length + STEP
  }
  return builder.length === 0 ? undefined : builder.build()
}

interface Decoded extends Span {
  readonly plain: string
}

/** The changes of both lists by where they stand, without those that begin inside another. */
function* inOrder(runs: ChangeList, codes: ChangeList): Generator<Decoded, void, void> {
  let run = 0
  let code = 0
  for (let end = 0; run < runs.length || code < codes.length; ) {
    const isRun = placeOf(runs, run) <= placeOf(codes, code)
    const decoded = isRun ? decodedAt(runs, run++) : decodedAt(codes, code++)
    if (decoded.start < end) continue
    end = decoded.end
    yield decoded
  }
}

function placeOf(list: ChangeList, change: number): number {
  return change < list.length ? list.startOf(change) : Number.POSITIVE_INFINITY
}

function decodedAt(list: ChangeList, change: number): Decoded {
  return { start: list.startOf(change), end: list.endOf(change), plain: list.plainOf(change) }
}

/** Adds what was decoded, and what is encoded in it. */
function* addDecoded(
  builder: MappedTextBuilder,
  { start, end, plain }: Decoded,
  levels: number,
): Steps<void> {
  builder.replace(`${plain}\n\n`, start, end)
  if (levels === 1 || plain.length < MIN_RUN) return
  const inner = yield* decodeRuns(plain, levels - 1)
  if (inner !== undefined) builder.replace(`${inner.text}\n\n`, start, end)
}

function* findRuns(text: string): Steps<ChangeList> {
  const changes = new ChangeList()
  let pause = STEP
  // Lines that spelled nothing together are not tried again from each of them.
  let linesFrom = 0
  for (let index = 0; index < text.length; ) {
    if (index > pause) {
      yield
      pause = index + STEP
    }
    const stop = endOfLetters(text, index, MAX_RUN)
    if (stop - index < MIN_LINE) {
      index = Math.max(stop, index + 1)
      continue
    }
    const run = { start: index, end: endOfPadding(text, stop, MAX_PADDING) }
    const lines = index < linesFrom ? undefined : linesOf(text, run)
    if (lines !== undefined && addRun(text, lines, changes)) {
      index = lines.end
      continue
    }
    if (lines !== undefined) linesFrom = (lines.start + lines.end) >> 1
    addRun(text, run, changes)
    index = run.end
  }
  return changes
}

function addRun(text: string, { start, end }: Span, changes: ChangeList): boolean {
  if (end - start < MIN_RUN) return false
  const plain = decodeRun(lettersOf(text, start, end))
  if (plain === undefined) return false
  changes.add(start, end, plain)
  return true
}

// The letters of one run; used by one run at a time, and never interrupted.
const buffer = new Uint8Array(MAX_RUN)

/** The letters of a run, without line ends and padding. */
function lettersOf(text: string, start: number, end: number): Uint8Array {
  let count = 0
  for (let index = start; index < end && count < MAX_RUN; index++) {
    const code = text.charCodeAt(index)
    if (isBase64(code)) buffer[count++] = code
  }
  return buffer.subarray(0, count)
}

/**
 * The run with the lines of the same length that follow, and a shorter last one; `undefined` for a single line, and when
 * the first lines spell nothing.
 */
function linesOf(text: string, first: Span): Span | undefined {
  const width = first.end - first.start
  let { end } = first
  let probed = false
  for (let lines = 1; lines < MAX_LINES && end - first.start + width <= MAX_RUN; lines++) {
    const start = endOfBreak(text, end)
    if (start === end) break
    const letters = endOfLetters(text, start, width)
    const stop = endOfPadding(text, letters, width - (letters - start))
    if (stop === start || isBase64(text.charCodeAt(stop))) break
    end = stop
    if (stop - start < width) break
    if (probed || end - first.start < MIN_RUN * 3) continue
    if (!mayBeText(lettersOf(text, first.start, end))) return undefined
    probed = true
  }
  return end === first.end ? undefined : { start: first.start, end }
}

function endOfLetters(text: string, start: number, most: number): number {
  const limit = Math.min(text.length, start + most)
  let end = start
  while (end < limit && isBase64(text.charCodeAt(end))) end += 1
  return end
}

function endOfPadding(text: string, start: number, most: number): number {
  let end = start
  while (end - start < most && text.charAt(end) === PADDING) end += 1
  return end
}

/** Behind the line end at `index` with its blanks and marks of quoting; `index` when there is none. */
function endOfBreak(text: string, index: number): number {
  let end = skip(text, index, ' \t')
  if (text.charAt(end) === '\r') end += 1
  return text.charAt(end) === '\n' ? skip(text, end + 1, ' \t>') : index
}

function skip(text: string, start: number, characters: string): number {
  const limit = Math.min(text.length, start + MAX_INDENT)
  let end = start
  while (end < limit && characters.includes(text.charAt(end))) end += 1
  return end
}
