import type { AuditRecord } from '@keeptrusts/audit-store'
import { fieldsOf, listOf, numberOf, textOf } from './event-field.ts'

/** What one policy did on one side of a call. */
export interface PolicyRun {
  readonly stage: 'request' | 'response'
  readonly policy: string
  /** `pass`, `redact`, `block`, `would_redact`, `would_block`, `error`, `not_run`. */
  readonly verdict: string
  readonly reason: string | null
  readonly findings: readonly FindingRow[]
  /** All there were; the record holds the first hundred. */
  readonly findings_total: number
  readonly duration_us: number | null
}

/** A match: where and what, never the text. */
export interface FindingRow {
  readonly rule: string | null
  readonly type: string | null
  readonly action: string | null
  /** Thousandths. */
  readonly score: number | null
  readonly address: string | null
  readonly role: string | null
  readonly start: number | null
  readonly end: number | null
  readonly enforced: boolean
  readonly note: string | null
}

/** The policies of a record, in chain order. */
export function policyRunsOf(record: AuditRecord | null, stage: PolicyRun['stage']): PolicyRun[] {
  return listOf(record?.['policies']).map((value) => {
    const run = fieldsOf(value)
    const findings = listOf(run['findings']).map(toFinding)
    return {
      stage,
      policy: textOf(run['policy']) ?? '?',
      verdict: textOf(run['verdict']) ?? '?',
      reason: textOf(run['reason']),
      findings,
      findings_total: numberOf(run['findings_total']) ?? findings.length,
      duration_us: numberOf(run['duration_us']),
    }
  })
}

function toFinding(value: AuditRecord[string]): FindingRow {
  const finding = fieldsOf(value)
  return {
    rule: textOf(finding['rule']),
    type: textOf(finding['type']),
    action: textOf(finding['action']),
    score: numberOf(finding['score']),
    address: textOf(finding['address']),
    role: textOf(finding['role']),
    start: numberOf(finding['start']),
    end: numberOf(finding['end']),
    enforced: finding['enforced'] !== false,
    note: textOf(finding['note']),
  }
}
