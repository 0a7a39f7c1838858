import { compact } from '../check-digits/compact.ts'
import { rest } from '../check-digits/iso-7064.ts'
import { form, upperForm } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

const letters = 'TRWAGMYFPDXBNJZSQVHLCKE'

/** True when the letter at the end is that of the number: `X`, `Y`, `Z` before it count as 0, 1, 2, and `K`, `L`, `M` not at all. */
function hasLetter(written: string): boolean {
  const value = compact(written)
  const number = value
    .slice(0, -1)
    .replace(/^[XYZ]/, (first) => String('XYZ'.indexOf(first)))
    .replace(/^[KLM]/, '')
  return letters[rest(number, 23)] === value.at(-1)
}

/** Tax number of Spaniards, which is the number of their identity card (DNI). */
export const esNif: PatternRecognizer = {
  entity: 'ES_NIF',
  label: 'NIF',
  aliases: ['ES_DNI', 'DNI', 'NIF'],
  forms: [
    form(String.raw`\d{7,8}[ -]?[A-Z]|\d{1,2}\.\d{3}\.\d{3}[ -]?[A-Z]|[KLM]-?\d{7}-?[A-Z]`, 500),
  ],
  longest: 12,
  check: hasLetter,
  cues: [
    'dni',
    'nif',
    'documento nacional de identidad',
    'identificación',
    'número de identificación fiscal',
    'national id',
    'spanish id',
    'tax id',
  ],
  source: 'Real Decreto 1553/2005, artículo 11; Orden EHA/451/2008',
}

/** Number of foreigners. */
export const esNie: PatternRecognizer = {
  entity: 'ES_NIE',
  label: 'NIE',
  aliases: ['NIE'],
  forms: [
    form(String.raw`[XYZ]-?\d{7,8}[ -]?[A-Z]|[XYZ]-?\d\.\d{3}\.\d{3}-?[A-Z]`, 500),
    upperForm(String.raw`[XYZ] \d{7,8}[ -]?[A-Z]`, 500),
  ],
  longest: 13,
  check: hasLetter,
  cues: [
    'nie',
    'número de identidad de extranjero',
    'número de identificación de extranjero',
    'extranjero',
    'foreigner id',
    'foreigner number',
  ],
  source: 'Orden INT/2058/2008',
}

/** Passport: three letters and six digits, or two and six or seven. */
export const esPassport: PatternRecognizer = {
  entity: 'ES_PASSPORT',
  label: 'ES_PASSPORT',
  aliases: ['SPANISH_PASSPORT'],
  forms: [form(String.raw`[A-Z]{3}\d{6}|[A-Z]{2}\d{6,7}`, 50)],
  longest: 9,
  cues: ['pasaporte', 'número de pasaporte', 'passport', 'passport number', 'spanish passport'],
  source: 'https://www.consilium.europa.eu/prado/en/ESP/',
}

/** Number plate since 2000: four digits, three consonants. */
export const esLicensePlate: PatternRecognizer = {
  entity: 'ES_LICENSE_PLATE',
  label: 'MATRICULA',
  aliases: ['ES_MATRICULA', 'ES_VEHICLE_REGISTRATION'],
  forms: [upperForm(String.raw`\d{4}[- ]?[BCDFGHJ-NPRSTV-Z]{3}`, 250)],
  longest: 8,
  cues: [
    'matrícula',
    'coche',
    'vehículo',
    'placa',
    'license plate',
    'licence plate',
    'number plate',
    'registration',
  ],
  source: 'Real Decreto 2822/1998, Reglamento General de Vehículos, anexo XVIII',
}
