import { compact, digitsOf, isGrouped, verdict } from '../check-digits/compact.ts'
import { isOrdinaryNumber } from '../check-digits/ordinary-number.ts'
import { isRepeated, weightedSum } from '../check-digits/weighted-sum.ts'
import { form } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** NHS number of England, Wales and the Isle of Man; the CHI and H&C numbers of Scotland and Northern Ireland are built alike. */
export const ukNhs: PatternRecognizer = {
  entity: 'UK_NHS',
  label: 'NHS_NUMBER',
  aliases: ['NHS_NUMBER', 'UK_NHS_NUMBER'],
  forms: [
    form(String.raw`\d{3}([- ])\d{3}\1\d{4}`, 300),
    form(String.raw`\d{10}`, 100),
    form(String.raw`\d{3}[- ]\d{7}|\d{6}[- ]\d{4}`, 100),
  ],
  longest: 12,
  check: (written) => {
    const digits = digitsOf(written)
    // A rest of 1 would need the digit ten: such numbers are not issued.
    const isRight = weightedSum(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0
    const alone = isGrouped(written) || !isOrdinaryNumber(compact(written))
    return verdict(isRight && !isRepeated(digits), alone)
  },
  cues: [
    'nhs',
    'nhs number',
    'nhs no',
    'national health service',
    'health service number',
    'chi number',
    'patient number',
    'health authority',
    'health services authority',
  ],
  source: 'https://www.datadictionary.nhs.uk/attributes/nhs_number.html',
}
