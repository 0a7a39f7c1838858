import { KeptText } from '../../../scan/kept-text.ts'
import { mergeOverlaps } from '../../../scan/merge-overlaps.ts'
import { decodeEscapes } from '../../../text/decode-escapes.ts'
import type { MappedText } from '../../../text/mapped-text.ts'
import { composeMapped } from '../../../text/mapped-text.ts'
import { normalizeText } from '../../../text/normalize.ts'
import type { Finding } from '../finding.ts'
import type { Cursor } from '../rules/keyword-automaton.ts'
import { KeywordAutomaton } from '../rules/keyword-automaton.ts'
import type { RuleSet } from '../rules/rule-set.ts'
import { findMatches } from '../rules/rule-set.ts'
import { LongClaim } from './long-claim.ts'
import { isPlainOther, isSpace, plainCodes } from './plain-unit.ts'
import type { RuleWindow } from './rule-windows.ts'
import { RuleWindows } from './rule-windows.ts'

/** A match begins not before the white space before its keyword, and at most so many characters before the keyword. */
const reachBack = 160
/** Stretches without white space are also read with their escapes decoded, up to this length. */
const longestEscaped = 512
/** Characters that are read before complete windows are looked at, so that few of them wait. */
const stepLength = 1024

/** What a scanner does beside. */
export interface RuleScannerOptions {
  /** Read stretches with escapes decoded too, each by itself. */
  readonly escapes: boolean
}

/**
 * Finds what the rules look for in a text that comes in pieces. A keyword opens a window for its rule, which ends where
 * the text says and not where a piece ends; the rule's pattern is tried when the window is complete.
 */
export class RuleScanner {
  readonly #text: KeptText
  readonly #set: RuleSet
  readonly #windows: RuleWindows
  readonly #escapes: boolean
  #claims: LongClaim[] = []
  #at = 0
  #state = 0
  /** Begin of the stretch without white space that the text ends with. */
  #runStart = 0
  /** Begin of the stretch that is to be read decoded. */
  #escapedFrom: number | null = null
  #found: Finding[] = []

  constructor(text: KeptText, set: RuleSet, { escapes }: RuleScannerOptions) {
    this.#text = text
    this.#set = set
    this.#escapes = escapes
    this.#windows = new RuleWindows(set, reachBack)
  }

  /** No finding that comes later begins before. */
  get decided(): number {
    const depth = this.#set.automaton.depth(this.#state)
    const next = this.#escapedFrom ?? this.#at
    let decided = Math.min(next, this.#windows.startFor(this.#at, depth), this.#windows.start)
    for (const claim of this.#claims) decided = Math.min(decided, claim.decided ?? decided)
    return decided
  }

  /** What was newly found; the text is complete when `isComplete`. */
  read(isComplete: boolean): Finding[] {
    while (this.#at < this.#text.end) {
      this.#advance(Math.min(this.#text.end, this.#at + stepLength))
      this.#endEscaped(this.#at)
      this.#tryWindows(false)
    }
    if (isComplete) {
      this.#endRun(this.#at)
      this.#tryWindows(true)
    }
    for (const claim of this.#claims)
      for (const piece of claim.read(this.#text, isComplete)) this.#found.push(piece)
    if (this.#claims.length > 0)
      this.#claims = this.#claims.filter(({ decided }) => decided !== null)
    const found = this.#found
    this.#found = []
    return found
  }

  #tryWindows(isComplete: boolean): void {
    for (const window of this.#windows.takeReady(this.#text, this.#at, isComplete))
      this.#look(window)
  }

  /** Leads the automaton on to `end`. */
  #advance(end: number): void {
    const { automaton } = this.#set
    const base = this.#at
    const text = this.#text.slice(base, end)
    const marks = this.#escapes ? spacesAndEscapes : spaces
    const cursor = { state: this.#state, index: 0 }
    for (; ; cursor.index += 1) {
      automaton.readOn(cursor, text, marks)
      const { index } = cursor
      if (index >= text.length) break
      const code = text.charCodeAt(index)
      if (code < 128) this.#note(cursor.state, code, base + index)
      else if (isPlainOther(code)) cursor.state = KeywordAutomaton.start
      else this.#readOther(cursor, code, index > 0 ? text.charCodeAt(index - 1) : null)
    }
    this.#state = cursor.state
    this.#at = base + text.length
  }

  /** Reads what a unit beyond ASCII stands for. `before` is the unit before, `null` where the piece begins. */
  #readOther(cursor: Cursor, code: number, before: number | null): void {
    const { automaton } = this.#set
    for (const plain of plainCodes(code, before ?? this.#text.codeAt(this.#at - 1))) {
      cursor.state = automaton.step(cursor.state, plain)
      this.#note(cursor.state, plain, this.#at + cursor.index)
    }
  }

  #note(state: number, code: number, index: number): void {
    const { automaton } = this.#set
    if (automaton.ends(state))
      this.#windows.open(automaton.keywordsAt(state), index + 1, this.#text)
    if (isSpace(code)) this.#endRun(index)
    else if (this.#escapes && isEscapeSign(code)) this.#openEscaped(index)
  }

  #endRun(end: number): void {
    this.#windows.endRun(end)
    if (this.#escapedFrom !== null) this.#lookDecoded(this.#escapedFrom, end)
    this.#escapedFrom = null
    this.#runStart = end + 1
  }

  #openEscaped(index: number): void {
    this.#endEscaped(index)
    this.#escapedFrom ??= Math.max(this.#runStart, index - reachBack)
  }

  /** Reads the stretch with escapes when it has its length before `end`. */
  #endEscaped(end: number): void {
    const from = this.#escapedFrom
    if (from === null || end < from + longestEscaped) return
    this.#lookDecoded(from, from + longestEscaped)
    this.#escapedFrom = null
  }

  #look({ rule, start, end }: RuleWindow): void {
    const base = Math.max(0, start - 1)
    const reading = normalizeText(this.#text.slice(base, end + 1))
    if (rule.holds !== undefined && !reading.text.includes(rule.holds)) return
    for (const match of findMatches(rule, reading, base)) {
      const found = match.start < start ? { ...match, start } : match
      if (found.end <= start) continue
      this.#found.push(found)
      if (rule.goesOn !== undefined) this.#claims.push(new LongClaim(found, rule.goesOn))
    }
  }

  #lookDecoded(start: number, end: number): void {
    const stop = Math.min(end, start + longestEscaped)
    const plain = normalizeText(this.#text.slice(start, stop))
    const decoded = decodeEscapes(plain.text)
    if (decoded === undefined) return
    for (const found of findInReading(composeMapped(plain, decoded), this.#set))
      this.#found.push({ ...found, start: found.start + start, end: found.end + start })
  }
}

/** What the rules find in a whole text, mapped back to where it was made from: ascending, not overlapping. */
export function findInReading(reading: MappedText, set: RuleSet): Finding[] {
  const text = new KeptText()
  text.append(reading.text)
  const found = new RuleScanner(text, set, { escapes: false }).read(true)
  return mergeOverlaps(
    found.map((one) => ({ ...one, ...reading.toOriginalSpan(one.start, one.end) })),
  )
}

function isEscapeSign(code: number): boolean {
  return code === 0x25 || code === 0x26 || code === 0x5c
}

const spaces = Uint8Array.from({ length: 128 }, (_, code) => Number(isSpace(code)))
const spacesAndEscapes = spaces.map((isMark, code) => isMark | Number(isEscapeSign(code)))
