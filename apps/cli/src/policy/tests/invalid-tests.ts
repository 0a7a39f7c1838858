import type { ConfigIssue } from '@keeptrusts/core'
import { CliError } from '../../errors/cli-error.ts'
import { countOf } from '../format-issues.ts'

/** Tests that cannot be run, with every problem. */
export class InvalidTests extends CliError {
  readonly issues: readonly ConfigIssue[]

  constructor(issues: readonly ConfigIssue[]) {
    super({
      code: 'test-invalid',
      message: `The tests have ${countOf(issues, 'error')}.`,
    })
    this.issues = issues
  }
}
