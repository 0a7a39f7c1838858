import type { Change } from './excerpt.ts'
import { readChanged } from './excerpt.ts'
import type { MappedText } from './mapped-text.ts'
import type { Steps } from './steps.ts'
import { addToHash, emptyHash, isCommonWord, mayBeCommon } from './vocabulary.ts'

// What each digit or sign may stand for, the likeliest first.
const READINGS: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'il',
  '2': 'z',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '6': 'gb',
  '7': 't',
  '8': 'b',
  '9': 'gq',
  '@': 'a',
  $: 's',
  '!': 'il',
  '|': 'li',
  '+': 't',
  '(': 'c',
  '€': 'e',
  '£': 'l',
  '¢': 'c',
}
const WORD = /[\p{L}\d@$!|+(€£¢]{2,40}/gu
const SIGN = /[\d@$!|+(€£¢]/
const MOST_READINGS = 32
const LONGEST_WORD = 14
const MIN_KNOWN = 2
const MIN_KNOWN_LENGTH = 3
const STEP = 1_000

/**
 * The text with digits and signs inside words read as the letters they imitate; where one may be several letters, as a
 * vocabulary says. `undefined` when fewer than two common words come out: ids and versions hold digits too. Linear.
 */
export function* readLeet(text: string): Steps<MappedText | undefined> {
  const changes: Change[] = []
  let known = 0
  let seen = 0
  for (const match of text.matchAll(WORD)) {
    seen += 1
    if (seen % STEP === 0) yield
    const word = match[0]
    if (!SIGN.test(word)) continue
    const reading = readWord(word)
    if (reading === undefined) continue
    if (reading.counts) known += 1
    changes.push({ start: match.index, end: match.index + word.length, plain: reading.plain })
  }
  return known < MIN_KNOWN ? undefined : yield* readChanged(text, changes)
}

interface Reading {
  readonly plain: string
  /** It is a common word, and not one of digits alone. */
  readonly counts: boolean
}

function readWord(word: string): Reading | undefined {
  const hasLetter = /\p{L}/u.test(word)
  const whole = commonReading(word.toLowerCase())
  if (whole !== undefined) {
    return { plain: whole, counts: hasLetter && whole.length >= MIN_KNOWN_LENGTH }
  }
  // Marks around a word are punctuation.
  const before = /^[(+|!]*/.exec(word)?.[0] ?? ''
  const body = word.slice(before.length).replace(/[!|+(]+$/, '')
  if (!hasLetter || !SIGN.test(body)) return undefined
  const plain = commonReading(body.toLowerCase())
  const after = word.slice(before.length + body.length)
  return {
    plain:
      before + (plain ?? [...body].map((sign) => READINGS[sign]?.[0] ?? sign).join('')) + after,
    counts: plain !== undefined && plain.length >= MIN_KNOWN_LENGTH,
  }
}

/** The first reading of `word` that is a common word. */
function commonReading(word: string): string | undefined {
  if (word.length > LONGEST_WORD) return undefined
  return readOn(word, 0, { hash: emptyHash, plain: '', left: { readings: MOST_READINGS } })
}

interface Begun {
  readonly hash: number
  readonly plain: string
  /** How many whole readings may still be tried, for all branches together. */
  readonly left: { readings: number }
}

function readOn(word: string, index: number, { hash, plain, left }: Begun): string | undefined {
  if (index === word.length) {
    left.readings -= 1
    return mayBeCommon(hash) && isCommonWord(plain) ? plain : undefined
  }
  const sign = word.charAt(index)
  for (const letter of READINGS[sign] ?? sign) {
    const next = { hash: addToHash(hash, letter.charCodeAt(0)), plain: plain + letter, left }
    const found = readOn(word, index + 1, next)
    if (found !== undefined || left.readings <= 0) return found
  }
  return undefined
}
