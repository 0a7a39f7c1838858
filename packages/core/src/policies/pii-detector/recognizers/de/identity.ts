import { compact } from '../check-digits/compact.ts'
import { icaoDigit } from '../check-digits/icao.ts'
import { upperForm } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

// Neither vowels nor letters that look like digits.
const sign = '[CFGHJKLMNPRTVWXYZ0-9]'
const serial = `[CFGHJKLMNPRTVWXYZ]${sign}{7}`

/**
 * True when the last character is the check digit of those before it, and the value has the shape of a code. Nine characters carry none
 * on the document itself, so a wrong one drops only those with ten.
 */
function checkSerial(written: string): boolean | undefined {
  const value = compact(written)
  if (value.length < 9) return undefined
  const isRight = icaoDigit(value.slice(0, -1)) === Number(value.at(-1))
  if (isRight) return (value.match(/\d/g)?.length ?? 0) > 2 || undefined
  return value.length === 10 ? false : undefined
}

const forms = [
  upperForm(String.raw`${serial}\d`, 300),
  upperForm(String.raw`${serial}${sign} ?\d`, 300),
]

/** German passport: nine characters, and the check digit of the machine-readable zone behind them. */
export const dePassport: PatternRecognizer = {
  entity: 'DE_PASSPORT',
  label: 'DE_PASSPORT',
  aliases: ['REISEPASS', 'GERMAN_PASSPORT'],
  forms: [...forms, upperForm(`${serial}${sign}`, 50)],
  longest: 11,
  check: checkSerial,
  cues: [
    'reisepass',
    'reisepassnummer',
    'passnummer',
    'pass-nr',
    'pass nr',
    'pass',
    'passport',
    'passport number',
    'german passport',
    'mrz',
  ],
  source: 'ICAO Doc 9303, parts 3 and 4; Passverordnung',
}

/** German identity card: nine characters like a passport's, before 2010 `T` and eight digits. */
export const deIdCard: PatternRecognizer = {
  entity: 'DE_ID_CARD',
  label: 'DE_ID_CARD',
  aliases: ['PERSONALAUSWEIS', 'DE_PERSONAL_ID', 'GERMAN_ID_CARD'],
  forms: [upperForm(String.raw`T\d{8}`, 500), ...forms, upperForm(`${serial}${sign}`, 50)],
  longest: 11,
  check: checkSerial,
  cues: [
    'personalausweis',
    'personalausweisnummer',
    'ausweis',
    'ausweisnummer',
    'ausweis-nr',
    'perso',
    'npa',
    'identity card',
    'id card',
    'national id',
    'german id',
  ],
  source: 'ICAO Doc 9303, parts 3 and 5; Personalausweisverordnung',
}

/** German driving licence: eleven characters, authority, serial, check digit, number of the copy. */
export const deDrivingLicence: PatternRecognizer = {
  entity: 'DE_FUEHRERSCHEIN',
  label: 'FUEHRERSCHEIN',
  aliases: ['DE_DRIVER_LICENSE', 'DE_DRIVING_LICENCE', 'FUEHRERSCHEIN'],
  forms: [
    upperForm(String.raw`[A-Z]{2}\d{8}[A-Z0-9]`, 350),
    upperForm(String.raw`[A-Z]\d{2}[0-9A-Z]{6}\d[0-9A-Z]`, 250),
  ],
  longest: 11,
  cues: [
    'führerschein',
    'fuehrerschein',
    'führerscheinnummer',
    'fuehrerscheinnummer',
    'fahrerlaubnis',
    'fahrerlaubnisnummer',
    'driving licence',
    'driving license',
    "driver's license",
    "driver's licence",
    'driver license',
    'licence number',
    'license number',
    'kba',
    'feld 5',
  ],
  source: 'Fahrerlaubnis-Verordnung, Anlage 8',
}

/** Number plate: place, one or two letters, up to four digits. */
export const deKfz: PatternRecognizer = {
  entity: 'DE_KFZ',
  label: 'KENNZEICHEN',
  aliases: ['DE_LICENSE_PLATE', 'DE_VEHICLE_REGISTRATION', 'KFZ_KENNZEICHEN'],
  forms: [upperForm(String.raw`[A-ZÄÖÜ]{1,3}[- ][A-Z]{1,2}[- ]?[1-9]\d{0,3} ?[EH]?`, 300)],
  longest: 13,
  cues: [
    'kennzeichen',
    'kfz-kennzeichen',
    'kfz',
    'nummernschild',
    'autokennzeichen',
    'kraftfahrzeugkennzeichen',
    'fahrzeug',
    'fahrzeugschein',
    'fahrzeugbrief',
    'auto',
    'pkw',
    'lkw',
    'wagen',
    'zulassung',
    'zulassungsbescheinigung',
    'license plate',
    'licence plate',
    'number plate',
    'registration',
  ],
  source: 'Fahrzeug-Zulassungsverordnung, Anlage 1',
}

/** Postal code behind a word for it. */
export const dePlz: PatternRecognizer = {
  entity: 'DE_PLZ',
  label: 'PLZ',
  aliases: ['DE_POSTAL_CODE', 'PLZ', 'POSTLEITZAHL'],
  forms: [upperForm(String.raw`(?:D-)?(?!01000|99999|00)\d{5}`, 50)],
  longest: 7,
  cues: [
    'plz',
    'postleitzahl',
    'postal code',
    'postcode',
    'adresse',
    'anschrift',
    'postanschrift',
    'wohnort',
    'wohnanschrift',
    'lieferadresse',
    'rechnungsadresse',
    'postfach',
  ],
  source: 'https://www.deutschepost.de/de/p/plz.html',
}
