import { compact, verdict } from '../check-digits/compact.ts'
import { rest } from '../check-digits/iso-7064.ts'
import { form, upperForm } from '../form.ts'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** Tax number of a person (SPI): thirteen digits, the last three are the first ten modulus 511. */
export const frTaxId: PatternRecognizer = {
  entity: 'FR_TAX_ID',
  label: 'FR_TAX_ID',
  aliases: ['FR_SPI', 'FR_NUMERO_FISCAL'],
  forms: [form(String.raw`[0-3]\d([ .-]?)\d{2}\1\d{3}\1\d{3}\1\d{3}`, 300)],
  longest: 17,
  check: (written) => {
    const value = compact(written)
    return verdict(rest(value.slice(0, 10), 511) === Number(value.slice(10)), true)
  },
  cues: [
    'numéro fiscal',
    'numéro fiscal de référence',
    'numéro spi',
    'spi',
    'identifiant fiscal',
    'tax id',
    'tax number',
    'tin',
    'impôts',
  ],
  source:
    'https://www.oecd.org/tax/automatic-exchange/crs-implementation-and-assistance/tax-identification-numbers/France-TIN.pdf',
}

/** National identity card: twelve digits, since 2021 nine characters. */
export const frCni: PatternRecognizer = {
  entity: 'FR_CNI',
  label: 'CNI',
  aliases: ['CNI', 'FR_ID_CARD', 'FR_IDENTITY_CARD'],
  forms: [
    form(String.raw`\d{2}[0-9AB][0-9]\d{8}`, 100),
    upperForm('(?=[A-Z0-9]{0,8}[0-9])[A-Z0-9]{9}', 100),
  ],
  longest: 12,
  cues: [
    'cni',
    "carte d'identité",
    "carte nationale d'identité",
    'carte d’identité',
    'numéro de carte',
    'pièce d’identité',
    "pièce d'identité",
    'identity card',
    'id card',
    'national id',
  ],
  source: 'https://www.service-public.fr/particuliers/vosdroits/N358; ICAO Doc 9303',
}

/** Passport: two digits, two letters, five digits. */
export const frPassport: PatternRecognizer = {
  entity: 'FR_PASSPORT',
  label: 'FR_PASSPORT',
  aliases: ['FRENCH_PASSPORT'],
  forms: [form(String.raw`\d{2}[A-Z]{2}\d{5}`, 350)],
  longest: 9,
  cues: ['passeport', 'numéro de passeport', 'passport', 'passport number', 'french passport'],
  source: 'https://www.consilium.europa.eu/prado/en/FRA/',
}

/** Number plate since 2009. */
export const frLicensePlate: PatternRecognizer = {
  entity: 'FR_LICENSE_PLATE',
  label: 'IMMATRICULATION',
  aliases: ['FR_VEHICLE_REGISTRATION', 'FR_IMMATRICULATION'],
  forms: [
    upperForm('(?!SS|WW)[A-HJ-NP-TV-Z]{2}[- ]?(?!000)[0-9]{3}[- ]?(?!SS)[A-HJ-NP-TV-Z]{2}', 400),
  ],
  longest: 9,
  cues: [
    'immatriculation',
    "plaque d'immatriculation",
    'immatriculé',
    'immatriculée',
    'plaque',
    'véhicule',
    'voiture',
    'carte grise',
    'license plate',
    'licence plate',
    'number plate',
    'registration',
  ],
  source: 'Arrêté du 9 février 2009 relatif aux modalités d’immatriculation des véhicules',
}
