import type { Span } from '../../../text/span.ts'
import type { DetectionPlan } from '../detection-plan.ts'
import { readable } from '../readings.ts'
import { Clues } from './clues.ts'
import type { KeptText } from './kept-text.ts'
import { OpenGroup } from './open-group.ts'
import { readToken, sign, signsOf, signsRead } from './token.ts'

/** Longest block, in characters. */
const longestBlock = 1152
/** What the longest block and the next one share, in characters: the longest entity with all that is read of it. */
const overlap = 384
/** Where the longest block is searched for a place to cut, from the shared part back. */
const looseEnd = 64
/** Longest quoted local part of an e-mail address, with its quotes. */
const longestQuote = 66
/** Text before a token in which the words that announce a name may stand. */
const cueReach = 48

/** Signs of what is an `@`, or may spell one. */
const mayReadAsAt = sign.at | sign.escape | sign.other

const splitters = new Set([...',;<>{}|'].map((one) => one.charCodeAt(0)))
const urlEnds = new Set([...'<>"\'`?#'].map((one) => one.charCodeAt(0)))
const unspacedStops = new Set([...'、。，！？；：'].map((one) => one.charCodeAt(0)))
const [blank, lineFeed, carriageReturn, quote, bracket] = [32, 10, 13, 34, 40]

/** A finished block. */
export interface Block extends Span {
  /** Where the next one begins: before the end where the text was cut within what may be an entity. */
  readonly next: number
}

/** Takes a finished block and whether something may be found in it. */
export type TakeBlock = (block: Block, clues: Clues) => void

/**
 * Divides a text into blocks that no entity spans, looking at the text only and never at how it was cut into pieces:
 * one unit after the other, with no memory but what the units before have left. A block is one word of ordinary prose,
 * or all tokens that may belong to one entity; where neither ends, it is cut after 1,152 characters, and the next block
 * begins so far before the cut that what begins behind its beginning is whole in it.
 */
export class BlockCutter {
  readonly #text: KeptText
  readonly #take: TakeBlock
  readonly #group: OpenGroup
  readonly #clues: Clues
  readonly #spacedMarkers: readonly string[]
  #at = 0
  #start = 0
  #token = -1
  #seen = 0
  #spaces = 0
  #hasTokens = false
  #quoteAt = -1
  #quotedBefore = false
  #inUrl = false
  #splitAt = -1

  constructor(
    text: KeptText,
    { plan, fixedMarkers }: { plan: DetectionPlan; fixedMarkers: readonly string[] },
    take: TakeBlock,
  ) {
    this.#text = text
    this.#take = take
    this.#group = new OpenGroup(plan)
    this.#clues = new Clues(plan)
    this.#spacedMarkers = fixedMarkers.filter((marker) => /[\s,;<>{}|"]/.test(marker))
  }

  /** Where the block begins that is not finished. */
  get start(): number {
    return this.#start
  }

  /** Reads what was appended to the text. */
  read(): void {
    const { end } = this.#text
    while (this.#at < end) {
      this.#step(this.#text.codeAt(this.#at))
      this.#at += 1
      if (this.#at - this.#start >= longestBlock) this.#cutHard()
    }
  }

  /** The text is complete. */
  end(): void {
    if (this.#token >= 0) this.#finishToken(this.#at)
    if (this.#at > this.#start) this.#cut(this.#at)
  }

  #step(code: number): void {
    const at = this.#at
    const signs = signsOf(code)
    if (at - 1 === this.#quoteAt && (signs & mayReadAsAt) === 0) this.#splitBeforeQuote(at - 1)
    if (signs === sign.space) {
      if (this.#token >= 0) this.#finishToken(at)
      this.#afterSpace(code)
      return
    }
    if (this.#splitAt === at && this.#splits(code)) {
      this.#finishToken(at)
      this.#group.close()
      this.#cutIfFree(at)
    }
    if (this.#token < 0) this.#beginToken(at)
    this.#seen |= signs
    if ((signs & sign.mark) !== 0) this.#watch(code, at)
  }

  #beginToken(at: number): void {
    this.#token = at
    this.#seen = 0
    this.#inUrl = false
    this.#quotedBefore = this.#isQuoted(at)
  }

  /** Keeps track of quotes and URLs, and of where the token may be split. */
  #watch(code: number, at: number): void {
    if (code === quote) this.#quoteAt = at
    if (code === 47 && this.#text.codeAt(at - 1) === 47 && this.#text.codeAt(at - 2) === 58)
      this.#inUrl = true
    else if (this.#inUrl && urlEnds.has(code)) this.#inUrl = false
    if (splitters.has(code) ? !this.#inUrl : unspacedStops.has(code)) this.#splitAt = at + 1
  }

  /** Any quote may open a local part, also one that could close another; only one before an `@` belongs to what stands before. */
  #splitBeforeQuote(at: number): void {
    if (this.#token >= 0 && this.#token < at) this.#finishToken(at)
    this.#group.close()
    this.#cutIfFree(at)
    this.#quotedBefore = false
    this.#quoteAt = at
    this.#token = at
    this.#seen = sign.mark
    this.#inUrl = false
  }

  /** True when the token ends before the unit `code`: never within an escape, or between a number and a bracket. */
  #splits(code: number): boolean {
    if (this.#isQuoted(this.#at) || code === bracket) return false
    const before = this.#text.codeAt(this.#at - 1)
    if (before >= 0x80) return isUnspaced(this.#text.codeAt(this.#at - 2)) && isUnspaced(code)
    const tail = this.#text.slice(Math.max(this.#token, this.#at - 10), this.#at)
    return !/&#?\w{1,8};$|\\u\{[0-9a-f]{0,6}\}?$/i.test(tail)
  }

  #isQuoted(at: number): boolean {
    if (this.#quoteAt >= 0 && at - this.#quoteAt > longestQuote) this.#quoteAt = -1
    return this.#quoteAt >= 0
  }

  #finishToken(end: number): void {
    const written = this.#text.slice(this.#token, end)
    const token = readToken(written, this.#seen)
    const start = this.#token
    this.#token = -1
    // Nothing but invisible characters: a part of the gap.
    if (token.text === '') return
    const seen = signsRead(token, this.#seen)
    if (this.#hasTokens && !this.#quotedBefore && !this.#group.joins(token)) {
      this.#group.close()
      this.#cutIfFree(start)
    }
    if (token.escaped && token.text.includes('"')) this.#quoteAt = end - 1
    // Spaces that are no white space, as in `Mr.&nbsp;lopez`: several words in one token.
    if (token.escaped || token.text.includes(' ')) this.#clues.addUnknown()
    this.#clues.add(token.text, seen)
    if (this.#group.followForms(token)) this.#clues.addForm()
    if (this.#group.follow(token, seen, () => this.#before(start))) this.#clues.addLowerCase()
    this.#hasTokens = true
    this.#spaces = 0
  }

  #before(at: number): string {
    return readable(this.#text.slice(Math.max(0, at - cueReach), at)).text
  }

  #afterSpace(code: number): void {
    this.#spaces += 1
    const endsLine = code === lineFeed || code === carriageReturn
    if (endsLine) this.#quoteAt = -1
    if (code !== blank || this.#spaces > 2) this.#group.close()
    else if (this.#spaces === 2) this.#group.closeAllButNames()
    if (!this.#group.isOpen && !this.#isQuoted(this.#at)) this.#cutIfFree(this.#at + 1)
  }

  #cutIfFree(at: number): void {
    if (at > this.#start && !this.#splitsMarker(at)) this.#cut(at)
  }

  /** True when a marker of the customer's that has spaces may go on across `at`. */
  #splitsMarker(at: number): boolean {
    return this.#spacedMarkers.some((marker) => {
      for (let length = 1; length < marker.length; length += 1) {
        if (this.#text.slice(at - length, at) === marker.slice(0, length)) return true
      }
      return false
    })
  }

  #cut(end: number, next = end): void {
    this.#take({ start: this.#start, end, next }, this.#clues)
    this.#start = next
    this.#clues.clear()
    this.#hasTokens = false
  }

  /** Nothing ends within the longest block: its end is read again, as the beginning of the next block. */
  #cutHard(): void {
    const next = this.#hardCut()
    if (this.#token >= 0) this.#clues.addUnknown()
    this.#cut(this.#at, next)
    this.#at = next
    this.#token = -1
    this.#spaces = 0
    this.#quoteAt = -1
    this.#splitAt = -1
    this.#group.restart()
    // It may begin within an entity.
    this.#clues.addUnknown()
  }

  #hardCut(): number {
    const end = this.#start + longestBlock - overlap
    const tail = this.#text.slice(end - looseEnd, end)
    const loose = Math.max(tail.search(/\s\S*$/), tail.search(/[=/?*^`()"][^=/?*^`()"]*$/))
    if (loose >= 0) return end - looseEnd + loose + 1
    return (this.#text.codeAt(end - 1) & 0xfc00) === 0xd800 ? end - 1 : end
  }
}

/** Letters and punctuation of scripts that are written without spaces; no full-width forms, which are Latin in disguise. */
function isUnspaced(code: number): boolean {
  return code >= 0x2e80 && code < 0xd800
}
