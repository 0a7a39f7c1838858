import type { PatternRecognizer } from '../pattern-recognizer.ts'

const weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
const letters = 'ABCDEFGH.JKLMN.P.R..STUVWXYZ'
const letterValues = '12345678.12345.7.9..23456789'

/** Vehicle identification number: seventeen places, the ninth of them a check digit modulo 11. Only beside a cue. */
export const vin: PatternRecognizer = {
  entity: 'VEHICLE_IDENTIFICATION_NUMBER',
  label: 'VIN',
  aliases: ['VIN', 'VEHICLE_ID'],
  forms: [
    { pattern: /[A-HJ-NPR-Z0-9]{8}[0-9X][A-HJ-NPR-Z0-9]{4}[0-9]{4}(?![0-9A-Z])/iy, score: 300 },
  ],
  longest: 17,
  check: (written) => {
    const sum = [...written.toUpperCase()].reduce(
      (total, character, index) => total + worthOf(character) * (weights[index] ?? 0),
      0,
    )
    const check = sum % 11 === 10 ? 'X' : String(sum % 11)
    return written[8]?.toUpperCase() === check ? undefined : false
  },
  cues: ['vin', 'vehicle identification', 'chassis', 'vehicle id', 'vin number'],
  source: 'ISO 3779:2009, 49 CFR 565.15',
}

function worthOf(character: string): number {
  const letter = letters.indexOf(character)
  return Number(letter === -1 ? character : letterValues[letter])
}
