import type { PolicyDefinition } from '@keeptrusts/core'
import { compilePolicy, isCompiled } from '../compiled-policy.ts'

/** Something whose cost is measured. */
export interface CostSubject {
  readonly name: string
  /** The policy that it belongs to. */
  readonly kind: string
  /** Microseconds per KB on ordinary text that are the goal; absent where there is none. */
  readonly goal?: number
  readonly run: (text: string) => void
}

const subjects: readonly {
  readonly name: string
  readonly kind: string
  readonly goal?: number
  readonly options: Readonly<Record<string, unknown>>
}[] = [
  {
    name: 'injection score, without views',
    kind: 'prompt-injection',
    goal: 15,
    options: {
      encoding: { decode_base64: false, normalize_unicode: false, detect_homoglyphs: false },
    },
  },
  { name: 'injection score, with views', kind: 'prompt-injection', goal: 100, options: {} },
  {
    name: 'personal data, without phone, with names',
    kind: 'pii-detector',
    goal: 150,
    options: {
      entities: ['EMAIL_ADDRESS', 'US_SSN', 'IP_ADDRESS', 'CREDIT_CARD', 'IBAN_CODE', 'PERSON'],
    },
  },
  { name: 'personal data, defaults', kind: 'pii-detector', options: {} },
  { name: 'credentials', kind: 'dlp-filter', goal: 40, options: {} },
]

/** What is measured of a policy. */
export function costSubjects(definition: PolicyDefinition): CostSubject[] {
  return subjects
    .filter(({ kind }) => kind === definition.kind)
    .flatMap(({ options, ...subject }) => {
      const policy = compilePolicy(definition, options)
      if (!isCompiled(policy)) return []
      return [{ ...subject, run: (text: string) => void policy.inspect(text) }]
    })
}
