import type { LintResult } from '@keeptrusts/core'
import type { Diagnosis } from '@keeptrusts/gateway/doctor'

/** 0 unless something failed; 78, as `kt gateway run` ends, when the configuration did. */
export function exitCodeOf({ findings }: Diagnosis, { config }: LintResult): 0 | 1 | 78 {
  const bad = findings.filter(({ status }) => status === 'failed')
  if (config === null || bad.some(({ subject }) => subject === 'configuration')) return 78
  return bad.length > 0 ? 1 : 0
}

/** A diagnosis for programs. */
export function toDiagnosisJson({ findings, targets }: Diagnosis): Record<string, unknown> {
  return { ok: findings.every(({ status }) => status !== 'failed'), findings, targets }
}
