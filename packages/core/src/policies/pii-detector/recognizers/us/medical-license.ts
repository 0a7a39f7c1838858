import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** Registration number of a US prescriber (DEA): class letter, initial or 9, seven digits of which the last checks the others. */
export const medicalLicense: PatternRecognizer = {
  entity: 'MEDICAL_LICENSE',
  label: 'MEDICAL_LICENSE',
  aliases: ['DEA_NUMBER', 'DEA', 'MEDICAL_LICENCE'],
  forms: [{ pattern: /[A-HJ-MPR-UX][A-Z9][0-9]{7}(?![0-9A-Z])/iy, score: 400 }],
  longest: 9,
  check: (written) => {
    const digits = [...written.slice(2)].map(Number)
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, check] = digits
    return (a + c + e + 2 * (b + d + f)) % 10 === check
  },
  cues: ['dea', 'medical license', 'certificate', 'prescriber'],
  source: 'https://www.deadiversion.usdoj.gov/',
}
