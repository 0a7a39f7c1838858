import type { KeptText } from '../../../scan/kept-text.ts'
import type { Span } from '../../../text/span.ts'
import type { CompiledRule, RuleSet } from '../rules/rule-set.ts'
import { longestReach } from '../rules/rule-set.ts'

/** Keywords of one rule that follow each other share a window up to this distance, in characters. */
const longestGrowth = 256
/** Invisible characters may make a secret longer than it reads: windows that hold any are this many times as long, up to a limit. */
const hiddenFactor = 4
const longestWindow = 1100
/** Run starts that are remembered: more than the words of any keyword. */
const runsKept = 8

/** A part of the text in which a rule's pattern is tried. */
export interface RuleWindow extends Span {
  readonly rule: CompiledRule
}

interface OpenWindow {
  readonly rule: CompiledRule
  readonly start: number
  /** End of the first keyword. */
  readonly first: number
  /** Keywords up to here belong to it. */
  end: number
  /** Where it ends, once that is known. */
  stop: number | null
}

/**
 * The windows that keywords open. Where a window begins and ends depends on the text alone: from the white space before
 * the keyword (but at most `reachBack` characters before it) as far as the rule reaches.
 */
export class RuleWindows {
  readonly #set: RuleSet
  readonly #reachBack: number
  /** The last window of each rule. */
  readonly #last: (OpenWindow | undefined)[] = []
  #waiting: OpenWindow[] = []
  #runStarts: number[] = [0]

  constructor(set: RuleSet, reachBack: number) {
    this.#set = set
    this.#reachBack = reachBack
  }

  /** Where the first window begins that was not taken. */
  get start(): number {
    let start = Number.POSITIVE_INFINITY
    for (const window of this.#waiting) start = Math.min(start, window.start)
    return start
  }

  /** Where the window of a keyword begins that ends at `end` and has `length` characters. */
  startFor(end: number, length: number): number {
    const keyword = end - length
    const run = this.#runStarts.findLast((start) => start <= keyword) ?? 0
    return Math.max(run, keyword - this.#reachBack)
  }

  /** Keywords, by number, end at `end` of the text. */
  open(keywords: Uint32Array, end: number, text: KeptText): void {
    for (const keyword of keywords) {
      const length = this.#set.lengths[keyword] ?? 0
      const start = this.startFor(end, length)
      const isInside = isInWord(text, end - length, end)
      for (const number of this.#set.rulesOf[keyword] ?? [])
        if (!isInside || this.#set.rules[number]?.opens !== true) this.#openFor(number, start, end)
    }
  }

  #openFor(number: number, start: number, keywordEnd: number): void {
    const rule = this.#set.rules[number]
    if (rule === undefined) return
    const end = keywordEnd + rule.reach
    const last = this.#last[number]
    if (last !== undefined && keywordEnd <= last.end && keywordEnd - last.first <= longestGrowth) {
      last.end = end
      return
    }
    const window = { rule, start, first: keywordEnd, end, stop: null }
    this.#last[number] = window
    this.#waiting.push(window)
  }

  /** White space stands at `end`, or the text ends there. */
  endRun(end: number): void {
    for (const window of this.#waiting) {
      if (!window.rule.inOneRun || window.end <= end || window.stop !== null) continue
      window.end = end
      window.stop = end
    }
    this.#runStarts.push(end + 1)
    if (this.#runStarts.length > 4 * runsKept) this.#runStarts = this.#runStarts.slice(-runsKept)
  }

  /** The windows whose text is there, with one character behind them to look at, when so much was read for keywords. */
  takeReady(text: KeptText, read: number, isComplete: boolean): RuleWindow[] {
    if (this.#waiting.length === 0) return []
    const ready: RuleWindow[] = []
    this.#waiting = this.#waiting.filter((window) => {
      const end = this.#stopOf(window, text, isComplete ? Number.POSITIVE_INFINITY : read)
      if (end === null || (end >= read && !isComplete)) return true
      ready.push({ rule: window.rule, start: window.start, end: Math.min(end, text.end) })
      return false
    })
    return ready
  }

  #stopOf(window: OpenWindow, text: KeptText, read: number): number | null {
    if (window.stop !== null) return window.stop
    if (window.end >= read) return null
    const { start, first, end, rule } = window
    const longer = Math.min(
      start + longestWindow,
      first + hiddenFactor * Math.min(rule.reach, longestReach),
    )
    window.stop = isAscii(text.slice(start, end)) ? end : Math.max(end, longer)
    return window.stop
  }
}

/** True where a letter or digit stands directly before a keyword; what is written with other characters counts as its own word. */
function isInWord(text: KeptText, start: number, end: number): boolean {
  return isAlphanumeric(text.codeAt(start - 1)) && isAscii(text.slice(start, end))
}

function isAlphanumeric(code: number): boolean {
  const lower = code | 0x20
  return (code >= 0x30 && code <= 0x39) || (lower >= 0x61 && lower <= 0x7a && code < 0x80)
}

function isAscii(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: "anything but ASCII" includes its control characters
  return !/[^\x00-\x7f]/.test(text)
}
