import { isTitle } from './name-cues.ts'
import type { Frequency, NameLexicon } from './name-lexicon.ts'
import { nameLexicon } from './name-lexicon.ts'
import { isPlacePrefix } from './place-prefixes.ts'
import type { WordFacts } from './word-facts.ts'
import { wordFacts } from './word-facts.ts'

/** A spelling of a word and what the lists say about it. Everything is looked up once, when it is first asked for. */
export class KnownWord {
  /** As written, without a possessive `'s`. */
  readonly written: string
  /** In lower case and without apostrophes, as the name lists have it. */
  readonly lower: string
  /** One letter and a dot, as in `J.`. */
  readonly initial: boolean
  readonly #lexicon: NameLexicon
  #first: Frequency | undefined
  #last: Frequency | undefined
  #ordinary: boolean | undefined
  #mayBeName: boolean | undefined
  #hasNameShape: boolean | undefined
  #isTitle: boolean | undefined
  #isPlacePrefix: boolean | undefined
  #facts: WordFacts | undefined

  constructor(written: string, initial: boolean, lexicon: NameLexicon) {
    this.written = written
    this.lower = written.toLowerCase().replace(/['’]/g, '')
    this.initial = initial
    this.#lexicon = lexicon
  }

  get first(): Frequency {
    this.#first ??= this.#lexicon.firstName(this.lower)
    return this.#first
  }

  get last(): Frequency {
    this.#last ??= this.#lexicon.lastName(this.lower)
    return this.#last
  }

  /** A word of ordinary text, a place, a product. */
  get isOrdinary(): boolean {
    this.#ordinary ??= this.#lexicon.isOrdinary(this.lower)
    return this.#ordinary
  }

  get isInstitution(): boolean {
    return this.#lexicon.isInstitution(this.lower)
  }

  get isTitle(): boolean {
    this.#isTitle ??= isTitle(this.lower)
    return this.#isTitle
  }

  /** Makes the words behind it a place. */
  get isPlacePrefix(): boolean {
    this.#isPlacePrefix ??= isPlacePrefix(this.lower)
    return this.#isPlacePrefix
  }

  /** False for a word of ordinary text that is no name. */
  get mayBeName(): boolean {
    this.#mayBeName ??=
      this.first > 0 ||
      this.last > 0 ||
      (!this.isOrdinary && !this.#lexicon.isDictionaryWord(this.lower))
    return this.#mayBeName
  }

  /** Written as names are: `Maria`, `O'Brien`, `McAdam`, `Jean-Luc`; not `MLflow` or `SQL`. */
  get hasNameShape(): boolean {
    this.#hasNameShape ??= nameShape.test(this.written)
    return this.#hasNameShape
  }

  /** Two or more capitals. */
  get isCapitals(): boolean {
    return this.written.length > 1 && this.written === this.written.toUpperCase()
  }

  /** What the tagger is told of the word. */
  get facts(): WordFacts {
    this.#facts ??= wordFacts(this, this.#lexicon)
    return this.#facts
  }
}

const nameShape =
  /^(?:\p{Lu}[\p{Ll}\p{M}]+|(?:Mc|Mac|De|Di|La|Le|Van|Fitz|O['’]|D['’]|Al-|El-)\p{Lu}[\p{Ll}\p{M}]+)(?:[-'’]\p{L}[\p{Ll}\p{M}]+)*$/u

/** Longer words would keep the text alive that they were cut from. */
const longestShared = 12
const mostShared = 8192

/**
 * The words of one text. Words of the lists are shared by all texts, for they are public; a word that no list has is
 * forgotten with its text.
 */
export class KnownWords {
  readonly #lexicon: NameLexicon
  readonly #shared: Map<string, KnownWord> | null
  readonly #own = new Map<string, KnownWord>()

  /** Takes the lists to look in; the shipped ones when none are given. */
  constructor(lexicon?: NameLexicon) {
    this.#lexicon = lexicon ?? nameLexicon()
    this.#shared = lexicon === undefined ? sharedWords : null
  }

  /** `written` without a possessive `'s`. */
  of(written: string, initial: boolean): KnownWord {
    const key = initial ? `${written}.` : written
    const known = this.#shared?.get(key) ?? this.#own.get(key)
    if (known !== undefined) return known
    const word = new KnownWord(written, initial, this.#lexicon)
    const { lower } = word
    const isShared =
      this.#shared !== null &&
      this.#shared.size < mostShared &&
      key.length <= longestShared &&
      (this.#lexicon.isOrdinary(lower) || this.#lexicon.firstName(lower) > 0)
    const words = isShared && this.#shared !== null ? this.#shared : this.#own
    words.set(key, word)
    return word
  }
}

const sharedWords = new Map<string, KnownWord>()
