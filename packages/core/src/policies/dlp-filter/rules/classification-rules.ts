import type { Rule } from './rule.ts'

const base = { category: 'classification', type: 'CLASSIFICATION', reach: 64 } as const

/** Marks of the gravest kind, as banners and stamps write them: from `sensitivity_level: high` on. */
export const highMarks: readonly Rule[] = [
  {
    ...base,
    id: 'top-secret-mark',
    keywords: ['top', 'secret//', '(ts', '(s//'],
    pattern:
      /(?<![A-Za-z0-9])(?:TOP[ -]{1,3}SECRET(?:\/\/[A-Z/ -]{1,30}[A-Z])?|SECRET\/\/[A-Z/ -]{1,30}[A-Z]|\((?:TS|S)\/\/[A-Z/ -]{1,16}\)|\(TS\))(?![A-Za-z0-9])/d,
  },
  {
    ...base,
    id: 'strictly-confidential-mark',
    keywords: ['strictly', 'highly'],
    pattern:
      /(?<![A-Za-z0-9])(?:strictly|highly)[ -]{1,3}(?:private\s{1,3}(?:and|&)\s{1,3})?confidential(?![a-z0-9])/di,
  },
  {
    ...base,
    id: 'confidential-mark',
    keywords: ['confidential'],
    pattern: /(?<![A-Za-z0-9])CONFIDENTIAL(?:\/\/[A-Z]{2,16})?(?![A-Za-z0-9])/d,
  },
  {
    ...base,
    id: 'tlp-red-mark',
    keywords: ['tlp:'],
    pattern: /(?<![A-Za-z0-9])TLP:\s{0,2}(?:RED|AMBER\+STRICT)(?![A-Za-z0-9])/di,
  },
]

/** Marks that keep a text inside a company: added by `sensitivity_level: restricted`. */
export const restrictedMarks: readonly Rule[] = [
  {
    ...base,
    id: 'internal-only-mark',
    keywords: ['internal'],
    pattern: /(?<![A-Za-z0-9])internal[ -](?:use[ -])?only(?![A-Za-z0-9])/di,
  },
  {
    ...base,
    id: 'official-use-mark',
    keywords: ['official', 'fouo', '(cui)', 'cui//', 'controlled'],
    pattern:
      /(?<![A-Za-z0-9])(?:official[ -](?:use[ -]only|sensitive)|FOUO|\(CUI\)|CUI\/\/[A-Z/-]{2,24}|controlled unclassified information)(?![A-Za-z0-9])/di,
  },
  {
    ...base,
    id: 'restricted-mark',
    keywords: ['restricted', 'proprietary', 'classified'],
    pattern:
      /(?<![A-Za-z0-9])(?:RESTRICTED|PROPRIETARY(?: (?:AND|&) CONFIDENTIAL| INFORMATION)?|CLASSIFIED)(?![A-Za-z0-9])/d,
  },
  {
    ...base,
    id: 'no-distribution-mark',
    keywords: ['do not distribute', 'not for distribution', 'not for public distribution'],
    pattern:
      /(?<![A-Za-z0-9])(?:not for (?:public )?distribution|do not distribute)(?![A-Za-z0-9])/di,
  },
  {
    ...base,
    id: 'tlp-amber-mark',
    keywords: ['tlp:'],
    pattern: /(?<![A-Za-z0-9])TLP:\s{0,2}AMBER(?!\+)(?![A-Za-z0-9])/di,
  },
  {
    ...base,
    id: 'confidential-words',
    keywords: [
      'company confidential',
      'client confidential',
      'commercially confidential',
      'private and confidential',
      'confidential information',
      'confidential and proprietary',
    ],
    pattern:
      /(?<![A-Za-z0-9])(?:(?:company|client|commercially|private and) confidential|confidential (?:information|and proprietary))(?![a-z0-9])/di,
  },
]
