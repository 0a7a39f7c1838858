import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** US bank routing number: nine digits, the first two of a Federal Reserve range, weights 3 7 1 modulo 10. */
export const abaRoutingNumber: PatternRecognizer = {
  entity: 'ABA_ROUTING_NUMBER',
  label: 'ROUTING_NUMBER',
  aliases: ['ROUTING_NUMBER', 'BANK_ROUTING', 'ABA', 'US_ROUTING_NUMBER', 'RTN'],
  forms: [
    {
      pattern: /(?:0[0-9]|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)[0-9]{7}(?![0-9A-Z])/iy,
      score: 50,
    },
    {
      pattern:
        /(?:0[0-9]|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)[0-9]{2}-[0-9]{4}-[0-9](?![0-9A-Z])/iy,
      score: 300,
    },
  ],
  longest: 11,
  check: (written) => {
    const digits = [...written.replaceAll('-', '')].map(Number)
    const sum = digits.reduce(
      (total, digit, index) => total + digit * ([3, 7, 1][index % 3] ?? 0),
      0,
    )
    return sum % 10 === 0 && sum > 0
  },
  cues: ['routing', 'routing number', 'aba', 'rtn', 'bank routing', 'transit number', 'wire'],
  source: 'https://www.aba.com/about-us/routing-number',
}
