import type { ConfigIssue, LintResult } from '@keeptrusts/core'
import type { Finding } from '@keeptrusts/gateway/doctor'

const subject = 'configuration'

/** What `kt policy lint` would say about the files, as findings. */
export function issueFindings(name: string, { config, issues }: LintResult): readonly Finding[] {
  const problems = issues.map(toFinding)
  if (config === null) return problems
  const kinds = config.chain.map(({ kind }) => kind)
  const valid: Finding = {
    check: 'config',
    subject,
    status: 'ok',
    code: 'config-valid',
    message: `${name} is valid; chain: ${kinds.join(' -> ') || 'empty, nothing is checked'}.`,
    fix: null,
  }
  return [valid, ...problems]
}

function toFinding({ severity, code, message, suggestion, position, path }: ConfigIssue): Finding {
  const place = `${position.file}:${position.line}:${position.column}`
  const where = path === '' ? place : `${place} (${path})`
  return {
    check: 'config',
    subject,
    status: severity === 'error' ? 'failed' : 'warning',
    code,
    message: `${where}: ${message}`,
    fix: suggestion ?? null,
  }
}
