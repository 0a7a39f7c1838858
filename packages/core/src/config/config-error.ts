import { KeeptrustsError } from '../errors/keeptrusts-error.ts'
import type { ConfigIssue } from './config.ts'
import { formatIssue } from './format-issue.ts'

/** A configuration that cannot be used. `issues` holds every problem in file order, warnings included; `message` all of them as text. */
export class ConfigError extends KeeptrustsError {
  readonly issues: readonly ConfigIssue[]

  constructor(issues: readonly ConfigIssue[]) {
    const errors = issues.filter((issue) => issue.severity === 'error')
    const head = errors.length === 1 ? '1 error' : `${errors.length} errors`
    super({
      code: 'config-invalid',
      message: `The configuration has ${head}\n\n${errors.map(formatIssue).join('\n\n')}`,
      suggestion: 'Correct every place that is listed',
    })
    this.issues = issues
  }
}
