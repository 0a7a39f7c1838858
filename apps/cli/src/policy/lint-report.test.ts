import type { Config, ConfigIssue } from '@keeptrusts/core'
import { expect, it } from 'vitest'
import { plainStyle } from '../output/style.ts'
import { formatLint, toLintJson } from './lint-report.ts'

const config = {
  pack: { name: 'mlflow-governance', version: '1.0.0', enabled: true },
  chain: [{ kind: 'prompt-injection' }, { kind: 'audit-logger' }],
} as unknown as Config

const warning: ConfigIssue = {
  code: 'E003',
  severity: 'warning',
  path: 'policies.chain[1]',
  position: { file: 'p.yaml', line: 9, column: 5 },
  message: '"audit-logger" has no settings block.',
}
const error: ConfigIssue = { ...warning, code: 'E001', severity: 'error', message: 'No such kind.' }

it('says what is valid, and what one might not have meant', () => {
  expect(formatLint('p.yaml', { config, issues: [warning] }, plainStyle)).toBe(
    `OK p.yaml is valid
Pack: mlflow-governance (v1.0.0)
Chain: prompt-injection -> audit-logger
Policies validated: 2

warning[E003]: "audit-logger" has no settings block.
  --> p.yaml:9:5  policies.chain[1]
`,
  )
})

it('counts and lists what is not', () => {
  expect(formatLint('p.yaml', { config: null, issues: [error, warning] }, plainStyle)).toMatch(
    /^X p\.yaml has 1 error\n\nerror\[E001\]: No such kind\.\n {2}--> p\.yaml:9:5/,
  )
})

it('tells programs the same', () => {
  expect(toLintJson('p.yaml', { config, issues: [warning] })).toMatchObject({
    valid: true,
    file: 'p.yaml',
    pack: { name: 'mlflow-governance', version: '1.0.0' },
    chain: ['prompt-injection', 'audit-logger'],
    policy_count: 2,
    warnings: [{ code: 'E003', suggestion: null, line: 9 }],
  })
  expect(toLintJson('p.yaml', { config: null, issues: [error, warning] })).toMatchObject({
    valid: false,
    errors: [{ code: 'E001' }],
    warnings: [{ code: 'E003' }],
  })
})
