import type { PatternRecognizer } from '../pattern-recognizer.ts'

/** Account number of a US bank: eight to seventeen digits, each bank as it likes. Only beside a cue. */
export const usBankNumber: PatternRecognizer = {
  entity: 'US_BANK_NUMBER',
  label: 'BANK_ACCOUNT',
  aliases: ['US_BANK_ACCOUNT', 'US_BANK_ACCOUNT_NUMBER'],
  forms: [
    { pattern: /[0-9]{8,17}(?![0-9A-Z])/iy, score: 50 },
    { pattern: /[0-9]{3,6}([- ])[0-9]{3,6}(?:\1[0-9]{2,6})?(?![0-9A-Z])/iy, score: 30 },
  ],
  longest: 20,
  cues: [
    'account',
    'account number',
    'account no',
    'acct',
    'acct no',
    'bank account',
    'checking',
    'savings',
    'debit account',
    'bank',
  ],
  source: 'ANSI X9.100-160',
}
