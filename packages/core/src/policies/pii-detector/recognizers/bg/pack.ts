import { digitsOf, verdict } from '../check-digits/compact.ts'
import { isDay } from '../check-digits/dates.ts'
import { isOrdinaryNumber } from '../check-digits/ordinary-number.ts'
import { weightedSum } from '../check-digits/weighted-sum.ts'
import { form } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** Uniform civil number: birth date with the century in the month, serial, check digit. */
const bgEgn: PatternRecognizer = {
  entity: 'BG_EGN',
  label: 'EGN',
  aliases: ['EGN'],
  forms: [form(String.raw`\d{10}`, 100)],
  longest: 10,
  check: (written) => {
    const sum = weightedSum(digitsOf(written), [2, 4, 8, 5, 10, 9, 7, 3, 6])
    const isBirth = isDay(Number(written.slice(2, 4)) % 20, Number(written.slice(4, 6)))
    return verdict(isBirth && (sum % 11) % 10 === Number(written[9]), !isOrdinaryNumber(written))
  },
  cues: ['егн', 'единен граждански номер', 'egn', 'uniform civil number', 'personal number'],
  source: 'https://www.grao.bg/esgraon.html',
}

/** Bulgaria. */
export const bg = [bgEgn]
