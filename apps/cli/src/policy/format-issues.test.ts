import type { ConfigIssue } from '@keeptrusts/core'
import { expect, it } from 'vitest'
import { plainStyle } from '../output/style.ts'
import { countOf, formatIssues } from './format-issues.ts'
import { toIssueJson } from './issue-json.ts'

const issue: ConfigIssue = {
  code: 'E014',
  severity: 'error',
  path: 'policy.pii-detector.entities[2]',
  position: { file: 'policy-config.yaml', line: 19, column: 9 },
  message: '"PHONE_NUMER" is not a known entity.',
  suggestion: 'Did you mean "PHONE_NUMBER"?',
}

it('prints a problem like a compiler', () => {
  expect(formatIssues([issue], plainStyle)).toBe(
    `error[E014]: "PHONE_NUMER" is not a known entity.
  --> policy-config.yaml:19:9  policy.pii-detector.entities[2]
  help: Did you mean "PHONE_NUMBER"?
`,
  )
})

it('counts errors and warnings in words', () => {
  const warning: ConfigIssue = { ...issue, severity: 'warning' }
  expect(countOf([issue, warning, issue], 'error')).toBe('2 errors')
  expect(countOf([issue, warning, issue], 'warning')).toBe('1 warning')
})

it('gives programs the fields of the product and the place', () => {
  expect(toIssueJson(issue)).toEqual({
    code: 'E014',
    path: 'policy.pii-detector.entities[2]',
    message: '"PHONE_NUMER" is not a known entity.',
    suggestion: 'Did you mean "PHONE_NUMBER"?',
    file: 'policy-config.yaml',
    line: 19,
    column: 9,
  })
})
