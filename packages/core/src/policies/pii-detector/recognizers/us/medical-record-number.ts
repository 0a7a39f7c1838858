import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** A hospital's number of a patient. Each hospital has its own form: only beside a cue. */
export const medicalRecordNumber: PatternRecognizer = {
  entity: 'MEDICAL_RECORD_NUMBER',
  label: 'MRN',
  aliases: ['MRN', 'MEDICAL_RECORD', 'PATIENT_ID'],
  forms: [
    { pattern: /[A-Z]{0,4}-?[0-9][0-9A-Z]{2,11}(?:-[0-9A-Z]{1,6})?(?![0-9A-Z])/iy, score: 50 },
  ],
  longest: 24,
  check: (written) => (written.replace(/[^0-9]/g, '').length >= 4 ? undefined : false),
  cues: [
    'mrn',
    'medical record',
    'medical record number',
    'medical record no',
    'patient id',
    'patient number',
    'patient no',
    'chart number',
    'hospital number',
    'health record number',
  ],
  source: 'https://www.hhs.gov/hipaa/for-professionals/special-topics/de-identification/index.html',
}
