const month =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)'
const capitalMonth =
  '(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)'
const day = '(?:0?[1-9]|[12][0-9]|3[01])'
const monthNumber = '(?:0?[1-9]|1[0-2])'
const year = '(?:19|20)[0-9]{2}'
const anyYear = `(?:${year}|[0-9]{2})`
const ordinal = '(?:st|nd|rd|th)?'
const clock = '[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]{1,9})?)?'
const zone = '(?:Z|[+-][0-9]{2}:?[0-9]{2})?'
const end = String.raw`(?![\p{L}\p{N}]|[-/.:][0-9])`

function form(source: string, flags = 'iuy'): RegExp {
  return new RegExp(source + end, flags)
}

/** Dates with a day, in ISO 8601 form, in numbers, and with the English name of the month. */
export const dateForms: readonly RegExp[] = [
  form(`${year}([-/.])${monthNumber}\\1${day}(?:[T ]${clock}${zone})?`),
  form(
    `(?:${day}([-/.])${monthNumber}\\1${anyYear}|${monthNumber}([-/.])${day}\\2${anyYear})(?: ${clock}(?: ?[ap]m)?)?`,
  ),
  form(`${day}${ordinal}(?:[-. /]| of )${month}(?:\\.?,?[-. /]${anyYear})`),
  form(`${month}\\.?[- ]${day}${ordinal}(?:,? ${year}|-${anyYear})`),
  // Without a year a small letter may begin a word: `5 may be`, `march 3 miles`.
  form(`${day}${ordinal}(?:[- ]| of )${capitalMonth}`, 'uy'),
  form(`${capitalMonth}\\.?[- ]${day}${ordinal}`, 'uy'),
]

/** Months without a day. */
export const monthForms: readonly RegExp[] = [form(`${month}\\.?[-, ]{1,2}${year}`)]

/** A year behind a word that dates something. */
export const yearForms: readonly RegExp[] = [
  form(
    `(?<=(?:^|[^\\p{L}])(?:in|during|since|until|till|before|after|by|from|of|year|early|late|mid|is a|was a) )${year}`,
  ),
]

/** Times of day with `am` or `pm`. */
export const timeForms: readonly RegExp[] = [
  form(`(?:0?[1-9]|1[0-2])(?::[0-5][0-9](?::[0-5][0-9])?)? ?[ap]\\.?m`),
]

/** The longest of the forms, in characters. */
export const longestDate = 40
