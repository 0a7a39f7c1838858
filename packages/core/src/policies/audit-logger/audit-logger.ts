import type { OptionsOf } from '../json-schema.ts'
import type { OptionProblem } from '../policy.ts'
import { definePolicy } from '../policy.ts'
import { schema } from './schema.ts'

/** Options of `audit-logger` after validation. */
export type AuditLoggerOptions = OptionsOf<typeof schema>

/** Records every call in the audit log. It never changes or stops anything itself; the record step reads its options. */
export const auditLogger = definePolicy<AuditLoggerOptions>({
  kind: 'audit-logger',
  summary: 'Records every decision in the tamper-evident audit log.',
  directions: ['request', 'response'],
  reasonCode: 'audit_unavailable',
  schema,
  check: findProblems,
  create: () => ({ observes: true }),
})

function findProblems(options: AuditLoggerOptions): readonly OptionProblem[] {
  if (!options.hipaa_audit_controls) return []
  const kept = options.retention_days >= hipaaDays
  return [
    {
      path: 'hipaa_audit_controls',
      message: 'hipaa_audit_controls: true enforces nothing by itself in this version',
      suggestion: kept
        ? 'Retention is long enough; review access to the log with kt events list'
        : `Set retention_days: ${hipaaDays} (six years) as well`,
      severity: 'warning',
      code: 'E011',
    },
  ]
}

/** 45 CFR 164.316(b)(2)(i): six years. */
const hipaaDays = 2190
