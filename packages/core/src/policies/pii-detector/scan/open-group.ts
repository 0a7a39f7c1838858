import type { DetectionPlan } from '../detection-plan.ts'
import { endsInHolder } from '../entities/card-details.ts'
import { ibanLength } from '../entities/iban-code.ts'
import { beforeTechnicalNoun } from '../entities/person.ts'
import { announcesLowerCase, mayEndCue, mayLeadPair } from '../person/lower-case-names.ts'
import type { NameLexicon } from '../person/name-lexicon.ts'
import { nameLexicon } from '../person/name-lexicon.ts'
import { isParticle } from '../person/name-words.ts'
import { OpenForms } from '../recognizers/open-forms.ts'
import type { Token } from './token.ts'
import { sign } from './token.ts'

const pairHead = /(?<![\w@.'/-])[a-z]{3,12}$/
const numberEnd = /[\p{N})(+#,\u2010-\u2015-]$/u
const numberStart = /^(?:[\p{N}(+#]|[\u2010-\u2015-]$)/u
const extension = /^(?:x|ext\.?|extension)(?:[0-9]{1,6})?(?![\p{L}\p{N}])/iu
const capitalAtEnd =
  /(?:^|[^\p{L}\p{M}\p{N}_@#/\\.$-])\p{Lu}[\p{L}\p{M}]*(?:['’-]\p{L}[\p{L}\p{M}]*)*(?:(?<=(?:^|[^\p{L}])\p{Lu})\.)?$/u
const capitalAtStart = /^(?:\p{L}{1,3}-)?\p{Lu}/u
const ibanAtEnd = /(?:^|[^\p{L}\p{N}_])([A-Za-z]{2})([0-9]{2}[A-Za-z0-9-]*)$/u
/** Characters of a token's end that are looked at: more than any word of a name or account has. */
const tailRead = 80
const lastWord = /[\p{L}'’]+[.:]?$/u
/** `name's:` and what shows that it is the whole word. */
const longestCueWord = 8
const plainWord = /^[a-z]+$/
const lowerWord = /^\p{L}[\p{L}'’-]*/u

/** What may still belong to the entity that the last tokens are, or may be, a part of. */
export class OpenGroup {
  readonly #cardDetails: boolean
  readonly #lexicon: NameLexicon | null
  readonly #forms: readonly OpenForms[]
  #number: 'closed' | 'open' | 'bracket' = 'closed'
  #name = false
  #particles = 0
  #ibanLeft = 0
  #lowerLeft = 0
  #pair = false
  #holderLeft = 0
  /** The token before may end what announces a name in lower case. */
  #afterCue = false

  constructor(plan: DetectionPlan) {
    this.#cardDetails = plan.cardDetails
    this.#lexicon = plan.entities.has('PERSON') ? nameLexicon() : null
    this.#forms = [plan.recognizers, plan.denied].flatMap((set) =>
      set === null ? [] : [new OpenForms(set.automaton)],
    )
  }

  /** True when some next token could belong to the same entity. */
  get isOpen(): boolean {
    return (
      this.#number !== 'closed' ||
      this.#name ||
      this.#ibanLeft > 0 ||
      this.#lowerLeft > 0 ||
      this.#pair ||
      this.#holderLeft > 0 ||
      this.#forms.some(({ isOpen }) => isOpen)
    )
  }

  close(): void {
    this.#number = 'closed'
    this.#name = false
    this.#particles = 0
    this.#ibanLeft = 0
    this.#lowerLeft = 0
    this.#pair = false
    this.#holderLeft = 0
    for (const forms of this.#forms) forms.close()
  }

  /** Closes within a text that was cut anywhere: the words before may announce a name. */
  restart(): void {
    this.close()
    this.#afterCue = true
  }

  /** Nothing but names goes on across two spaces. */
  closeAllButNames(): void {
    const name = this.#name
    this.close()
    this.#name = name
  }

  /** True when `token`, which follows, may belong to the same entity. */
  joins({ text, escaped }: Token): boolean {
    if (escaped) return true
    if (this.#number === 'open' && (numberStart.test(text) || extension.test(text))) return true
    if (this.#number === 'bracket' && text.startsWith('(')) return true
    if (this.#ibanLeft > 0 && /^[A-Za-z0-9]/.test(text)) return true
    if ((this.#lowerLeft > 0 || this.#holderLeft > 0) && lowerWord.test(text)) return true
    if (this.#pair && /^[a-z]{3}/.test(text)) return true
    if (this.#forms.some((forms) => forms.goOnWith(text))) return true
    return this.#name && this.#joinsName(text)
  }

  #joinsName(text: string): boolean {
    if (capitalAtStart.test(text)) return true
    if (this.#particles < 3 && isParticle(text)) return true
    return this.#particles === 0 && beforeTechnicalNoun(text)
  }

  /** Takes the next token, joined or the first of a new group; true when a value that a recogniser knows may end in it. */
  followForms({ text }: Token): boolean {
    // Each of them has to read the token.
    return this.#forms.filter((forms) => forms.read(text)).length > 0
  }

  /**
   * Takes the next token, joined or the first of a new group; `before` gives the text up to it.
   * Says whether it may be a name in lower case.
   */
  follow(token: Token, seen: number, before: () => string): boolean {
    const wasNumber = this.#number === 'open'
    const { text } = token
    this.#followName(text, seen)
    this.#followIban(text, seen)
    this.#followHolder(text, seen, before)
    const isNumber = (seen & sign.digit) !== 0 || text.endsWith('+') || text.endsWith('(')
    const goesOn = wasNumber && (/^[\u2010-\u2015-]$/.test(text) || extension.test(text))
    this.#number = 'closed'
    if (token.escaped || goesOn || (isNumber && numberEnd.test(text)))
      this.#number = text.endsWith(',') ? 'bracket' : 'open'
    if (token.escaped) this.#name = this.#lexicon !== null
    return this.#followLowerCase(text, before)
  }

  #followName(text: string, seen: number): void {
    if (this.#lexicon === null) return
    if (this.#name && isParticle(text)) this.#particles += 1
    else {
      this.#name = (seen & sign.upper) !== 0 && capitalAtEnd.test(text.slice(-tailRead))
      this.#particles = 0
    }
  }

  #followIban(text: string, seen: number): void {
    let left = 0
    if (this.#ibanLeft > 0) {
      const group = /^[A-Za-z0-9-]*/.exec(text)?.[0] ?? ''
      if (group === text) left = this.#ibanLeft - group.replaceAll('-', '').length
    }
    if ((seen & sign.digit) !== 0) {
      const [, country = '', rest = ''] = ibanAtEnd.exec(text.slice(-tailRead)) ?? []
      left = Math.max(left, ibanLength(country) - 2 - rest.replaceAll('-', '').length)
    }
    this.#ibanLeft = left
  }

  #followHolder(text: string, seen: number, before: () => string): void {
    if (!this.#cardDetails) return
    if (this.#holderLeft > 0) this.#holderLeft -= 1
    else if ((seen & sign.upper) !== 0 && endsInHolder(before() + text)) this.#holderLeft = 3
    if (this.#holderLeft > 0 && !/[\p{L}'’.-]$/u.test(text)) this.#holderLeft = 0
  }

  #followLowerCase(text: string, before: () => string): boolean {
    const lexicon = this.#lexicon
    if (lexicon === null) return false
    const afterCue = this.#afterCue
    // Most tokens are plain words.
    const isPlain = plainWord.test(text)
    this.#afterCue = isPlain ? mayEndCue(text) : endsCue(text)
    const word = isPlain ? text : (lowerWord.exec(text)?.[0] ?? '')
    const goesOn = word === text
    this.#pair = mayLeadPair(isPlain ? text : (pairHead.exec(text)?.[0] ?? ''), lexicon)
    if (this.#lowerLeft > 0) {
      this.#lowerLeft = goesOn ? this.#lowerLeft - 1 : 0
      return true
    }
    if (!afterCue || !/^\p{Ll}{2}/u.test(word) || !announcesLowerCase(before())) return this.#pair
    this.#lowerLeft = goesOn ? 2 : 0
    return true
  }
}

/** True when the last word of the token may end what announces a name. */
function endsCue(text: string): boolean {
  const word = lastWord.exec(text.slice(-longestCueWord))?.[0]
  return word !== undefined && mayEndCue(word.toLowerCase())
}
