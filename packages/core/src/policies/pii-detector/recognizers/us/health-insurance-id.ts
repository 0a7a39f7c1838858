import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** A health insurer's number of a member. Each insurer has its own form: only beside a cue. */
export const healthInsuranceId: PatternRecognizer = {
  entity: 'HEALTH_INSURANCE_ID',
  label: 'INSURANCE_ID',
  aliases: ['INSURANCE_ID', 'HEALTH_PLAN_ID', 'MEMBER_ID', 'HEALTH_INSURANCE_NUMBER'],
  forms: [
    { pattern: /[A-Z]{0,4}-?[0-9][0-9A-Z]{4,13}(?:-[0-9A-Z]{1,6})?(?![0-9A-Z])/iy, score: 50 },
  ],
  longest: 26,
  check: (written) => (written.replace(/[^0-9]/g, '').length >= 5 ? undefined : false),
  cues: [
    'member id',
    'member number',
    'member no',
    'subscriber id',
    'subscriber number',
    'insurance id',
    'insurance number',
    'insurance policy',
    'health insurance',
    'health plan',
    'insured id',
    'policy id',
    'policy number',
    'policy no',
    'group number',
    'beneficiary number',
  ],
  source: 'https://www.hhs.gov/hipaa/for-professionals/special-topics/de-identification/index.html',
}
