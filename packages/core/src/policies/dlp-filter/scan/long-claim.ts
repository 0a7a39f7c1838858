import type { KeptText } from '../../../scan/kept-text.ts'
import type { LongForm } from '../credentials/credential-rule.ts'
import type { Finding } from '../finding.ts'

/** A long secret is claimed in pieces of this length, in characters. */
const pieceLength = 512
/** How far ahead must be read to know whether the secret goes on behind white space. */
const lookAhead = 192

const bodies: Readonly<Record<LongForm, RegExp>> = {
  base64: /^[A-Za-z0-9+/=_-]+/,
  'key-block': /^[A-Za-z0-9+/=]+/,
  putty: /^[A-Za-z0-9+/=]+/,
  token: /^[A-Za-z0-9_-]+/,
  run: /^[A-Za-z0-9+/=_-]+/,
}
/** White space, and how it is written inside string literals. */
const gap = /^(?:\s|\\[nrt]|["',\\]){1,64}/
const bodyAhead = /^[A-Za-z0-9+/]{16}|^[A-Za-z0-9+/]{1,15}={1,2}(?![A-Za-z0-9+/=])/
const checkSum = /^=[A-Za-z0-9+/]{4}(?![A-Za-z0-9+/=])/
const footer = /^-----END [A-Z0-9 ]{1,40}-----/
const lastLine = /^[A-Za-z0-9+/]{1,15}(?:\s|\\[nrt]|["',\\]){1,64}-----END /
/** What stands between the parts of PuTTY's key files, and the last line of a part before it. */
const puttyPart =
  /^(?:[A-Za-z0-9+/]{1,15}(?:\s|\\[nrt]|["',\\]){1,64})?Private-(?:Lines|MAC): ?[0-9a-f]{1,64}/

/**
 * Follows a secret that goes on beyond the window in which it was found, to its end, and claims it in pieces whose places
 * depend on the text only. Every piece but the first is hidden without a marker of its own.
 */
export class LongClaim {
  readonly #found: Finding
  readonly #form: LongForm
  /** Where the next piece begins. */
  #from: number
  /** The secret goes at least as far. */
  #to: number
  #isOver = false

  constructor(found: Finding, form: LongForm) {
    this.#found = found
    this.#form = form
    this.#from = found.end
    this.#to = found.end
  }

  /** No piece that comes later begins before; `null` when there will be none. */
  get decided(): number | null {
    return this.#isOver ? null : this.#from
  }

  /** Pieces that are known now. */
  read(text: KeptText, isComplete: boolean): Finding[] {
    this.#follow(text, isComplete)
    const pieces: Finding[] = []
    while (this.#to - this.#from >= pieceLength) pieces.push(this.#piece(this.#from + pieceLength))
    if (this.#isOver && this.#to > this.#from) pieces.push(this.#piece(this.#to))
    return pieces
  }

  #piece(end: number): Finding {
    const start = this.#from
    this.#from = end
    // Heavier than what is found inside: its marker stands before the first piece.
    return { ...this.#found, weight: (this.#found.weight ?? 0) + 1, start, end, isRest: true }
  }

  #follow(text: KeptText, isComplete: boolean): void {
    while (!this.#isOver) {
      const ahead = text.slice(this.#to, this.#to + pieceLength)
      const length = bodies[this.#form].exec(ahead)?.[0].length ?? 0
      this.#to += length
      if (length > 0) continue
      if (ahead.length < lookAhead && !isComplete) return
      const jump = this.#jump(ahead.slice(0, lookAhead))
      this.#to += jump
      if (jump === 0) this.#isOver = true
    }
  }

  /** Characters of the secret ahead that are not plain body; 0 when it is over. */
  #jump(ahead: string): number {
    if (this.#form === 'token') return /^\.[A-Za-z0-9_-]/.test(ahead) ? 1 : 0
    if (this.#form === 'run') return 0
    const space = gap.exec(ahead)?.[0].length ?? 0
    const rest = ahead.slice(space)
    const part = this.#form === 'putty' ? puttyPart.exec(rest) : null
    if (part !== null) return space + part[0].length
    if (this.#form !== 'key-block') return bodyAhead.test(rest) ? space : 0
    const end = footer.exec(rest)
    if (end !== null) {
      this.#isOver = true
      return space + end[0].length
    }
    return bodyAhead.test(rest) || checkSum.test(rest) || lastLine.test(rest) ? space : 0
  }
}
