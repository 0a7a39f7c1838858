import type { PatternRecognizer } from '../pattern-recognizer.ts'
import { dateForms, longestDate } from './date-forms.ts'

/** A date that a word announces as somebody's birthday. */
export const dateOfBirth: PatternRecognizer = {
  entity: 'DATE_OF_BIRTH',
  label: 'DATE_OF_BIRTH',
  aliases: ['DOB', 'BIRTH_DATE', 'BIRTHDATE', 'BIRTHDAY'],
  forms: dateForms.map((pattern) => ({ pattern, score: 100 })),
  longest: longestDate,
  cues: [
    'born',
    'birthday',
    'birth date',
    'birthdate',
    'date of birth',
    'dob',
    'd.o.b',
    'né le',
    'née le',
    'date de naissance',
    'geburtsdatum',
    'geboren',
    'fecha de nacimiento',
    'nacido',
    'nacida',
    'data di nascita',
    'data de nascimento',
  ],
  source: 'ISO 8601',
}
