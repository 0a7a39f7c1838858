import type { Config, ConfigIssue } from '@keeptrusts/core'
import { sanitize } from '../output/sanitize.ts'
import type { Style } from '../output/style.ts'
import { countOf, formatIssues } from './format-issues.ts'
import { toIssueJson } from './issue-json.ts'

/** What checking a configuration found. */
export interface LintResult {
  /** `null` when there is an error. */
  readonly config: Config | null
  readonly issues: readonly ConfigIssue[]
}

/** The result for people. Ends with a line break. */
export function formatLint(file: string, { config, issues }: LintResult, style: Style): string {
  if (config === null) {
    const head = `${style.bad('X')} ${sanitize(file)} has ${countOf(issues, 'error')}`
    return `${head}\n\n${formatIssues(issues, style)}`
  }
  const lines = [
    `${style.good('OK')} ${sanitize(file)} is valid`,
    `Pack: ${sanitize(config.pack.name)} (v${sanitize(config.pack.version)})`,
    `Chain: ${config.chain.map((policy) => policy.kind).join(' -> ')}`,
    `Policies validated: ${config.chain.length}`,
    '',
  ]
  const warnings = issues.length === 0 ? '' : `\n${formatIssues(issues, style)}`
  return lines.join('\n') + warnings
}

/** The result for programs. */
export function toLintJson(file: string, { config, issues }: LintResult): Record<string, unknown> {
  const of = (severity: ConfigIssue['severity']) =>
    issues.filter((issue) => issue.severity === severity).map(toIssueJson)
  if (config === null) {
    return { valid: false, file, errors: of('error'), warnings: of('warning') }
  }
  return {
    valid: true,
    file,
    pack: { name: config.pack.name, version: config.pack.version },
    chain: config.chain.map((policy) => policy.kind),
    policy_count: config.chain.length,
    warnings: of('warning'),
  }
}
