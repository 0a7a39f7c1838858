import { compact, digitsOf, verdict } from '../check-digits/compact.ts'
import { crossSum, weightedSum } from '../check-digits/weighted-sum.ts'
import { form, upperForm } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** The digits of a value with its letter as two digits, `A` as 01. */
function withLetterAsDigits(written: string): number[] {
  const number = compact(written).replace(/[A-Z]/, (letter) =>
    String(letter.charCodeAt(0) - 64).padStart(2, '0'),
  )
  return digitsOf(number)
}

/** Number of the statutory pension insurance: area, birth date, initial, serial, check digit. */
export const deSocialSecurity: PatternRecognizer = {
  entity: 'DE_SOCIAL_SECURITY',
  label: 'SOZIALVERSICHERUNGSNUMMER',
  aliases: ['RENTENVERSICHERUNGSNUMMER', 'SOZIALVERSICHERUNGSNUMMER', 'DE_RVNR'],
  forms: [
    form(
      String.raw`\d{2}[ -]?(?:0[1-9]|[12]\d|3[01]|5[1-9]|[67]\d|8[01])(?:0[1-9]|1[0-2])\d{2}[ -]?[A-Z][ -]?\d{2}[ -]?\d`,
      500,
    ),
    form(String.raw`\d{2} (?:0[1-9]|[12]\d|3[01]) (?:0[1-9]|1[0-2]) \d{2} [A-Z] \d{2} ?\d`, 500),
    form(String.raw`\d{8}[A-Z]\d{3}`, 300),
  ],
  longest: 18,
  check: (written) => {
    const digits = withLetterAsDigits(written)
    return verdict(crossSum(digits, [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]) % 10 === digits[12], true)
  },
  cues: [
    'rentenversicherungsnummer',
    'rentenversicherung',
    'sozialversicherungsnummer',
    'sozialversicherung',
    'versicherungsnummer',
    'sv-nummer',
    'sv-nr',
    'svnr',
    'rvnr',
    'drv',
    'rentenausweis',
    'sozialversicherungsausweis',
    'social security',
  ],
  source: 'Verordnung über die Versicherungsnummer (VKVV), § 2',
}

/** Number of a person in the statutory health insurance: a letter, eight digits, check digit. */
export const deHealthInsurance: PatternRecognizer = {
  entity: 'DE_HEALTH_INSURANCE',
  label: 'KRANKENVERSICHERTENNUMMER',
  aliases: ['DE_KVNR', 'KVNR', 'KRANKENVERSICHERTENNUMMER'],
  forms: [
    upperForm(String.raw`[A-Z] ?\d{3} ?\d{3} ?\d{3}`, 300),
    form(String.raw`[A-Z]\d{9}`, 300),
  ],
  longest: 13,
  check: (written) => {
    const digits = withLetterAsDigits(written)
    return verdict(
      crossSum(digits, [1, 2, 1, 2, 1, 2, 1, 2, 1, 2]) % 10 === digits[10],
      /^[A-Za-z]\d/.test(written),
    )
  },
  cues: [
    'krankenversicherungsnummer',
    'krankenversichertennummer',
    'versichertennummer',
    'versicherten-nr',
    'kvnr',
    'krankenkasse',
    'krankenversicherung',
    'gesundheitskarte',
    'egk',
    'gkv',
    'versichertenkarte',
    'health insurance',
    'aok',
    'tkk',
    'barmer',
    'dak',
  ],
  source: 'https://www.gkv-datenaustausch.de/kvnr/kvnr.jsp',
}

/** Number of a doctor for life: six digits, check digit (weights 4 and 9), group of the speciality. */
export const deLanr: PatternRecognizer = {
  entity: 'DE_LANR',
  label: 'ARZTNUMMER',
  aliases: ['LANR', 'ARZTNUMMER'],
  forms: [form(String.raw`\d{9}|\d{6}[- ]\d[- ]\d{2}`, 200)],
  longest: 11,
  check: (written) => {
    const digits = digitsOf(written)
    return verdict((10 - (weightedSum(digits, [4, 9, 4, 9, 4, 9]) % 10)) % 10 === digits[6], false)
  },
  cues: [
    'lanr',
    'arztnummer',
    'lebenslange arztnummer',
    'arzt-nr',
    'arzt-nummer',
    'vertragsarzt',
    'kassenarzt',
    'hausarzt',
    'facharzt',
    'behandelnder arzt',
    'kbv',
    'kassenärztliche vereinigung',
    'physician number',
    'doctor number',
  ],
  source: 'KBV, Richtlinie zur Vergabe der Arzt-, Betriebsstätten- und Praxisnetznummern',
}

/** Number of a doctor's practice: region of the association, then seven digits. */
export const deBsnr: PatternRecognizer = {
  entity: 'DE_BSNR',
  label: 'BETRIEBSSTAETTENNUMMER',
  aliases: ['BSNR', 'BETRIEBSSTAETTENNUMMER'],
  forms: [form(String.raw`(?!00)\d{9}`, 100)],
  longest: 9,
  cues: [
    'bsnr',
    'betriebsstättennummer',
    'betriebsstaettennummer',
    'betriebsstätte',
    'nebenbetriebsstätte',
    'hauptbetriebsstätte',
    'praxisnummer',
    'arztpraxis',
    'praxis',
    'kassenärztliche vereinigung',
    'vertragsarztpraxis',
    'practice number',
  ],
  source: 'KBV, Richtlinie zur Vergabe der Arzt-, Betriebsstätten- und Praxisnetznummern',
}
