import { expect, it } from 'vitest'
import { auditLogger } from './audit-logger.ts'

const defaults = {
  immutable: true,
  retention_days: 365,
  hipaa_audit_controls: false,
  log_all_access: true,
}

it('observes and can neither inspect nor judge', () => {
  expect(auditLogger.create(defaults)).toEqual({ observes: true })
})

it('acts in both directions', () => {
  expect(auditLogger.directions).toEqual(['request', 'response'])
})

it('has nothing to say about options that do what they promise', () => {
  expect(auditLogger.check?.(defaults)).toEqual([])
})

it('warns that hipaa_audit_controls enforces nothing, and names the retention that would be needed', () => {
  const problems = auditLogger.check?.({ ...defaults, hipaa_audit_controls: true })
  expect(problems).toMatchObject([
    { path: 'hipaa_audit_controls', severity: 'warning', code: 'E011' },
  ])
  expect(problems?.[0]?.suggestion).toContain('retention_days: 2190')
})

it('does not ask for more retention where it is long enough', () => {
  const problems = auditLogger.check?.({
    ...defaults,
    hipaa_audit_controls: true,
    retention_days: 2190,
  })
  expect(problems?.[0]?.suggestion).not.toContain('2190')
})
