import type { PatternRecognizer } from '../pattern-recognizer.ts'
import { dateForms, longestDate, monthForms, timeForms, yearForms } from './date-forms.ts'

/** Dates and times in numbers or with English names of months; relative ones (`tomorrow`) are no data about anybody. */
export const dateTime: PatternRecognizer = {
  entity: 'DATE_TIME',
  label: 'DATE_TIME',
  aliases: ['DATE', 'TIME', 'DATETIME'],
  forms: [
    ...dateForms.map((pattern) => ({ pattern, score: 600 })),
    ...monthForms.map((pattern) => ({ pattern, score: 500 })),
    ...yearForms.map((pattern) => ({ pattern, score: 500 })),
    ...timeForms.map((pattern) => ({ pattern, score: 500 })),
  ],
  longest: longestDate,
  cues: ['date', 'dated', 'birthday', 'born', 'due'],
  source: 'ISO 8601',
}
