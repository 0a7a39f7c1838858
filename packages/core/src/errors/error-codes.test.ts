import { expect, it } from 'vitest'
import { accessCodes } from './access-codes.ts'
import { cliCodes } from './cli-codes.ts'
import { configCodes } from './config-codes.ts'
import { docsAnchor, errorCodes, errorEntry } from './error-codes.ts'
import { gatewayCodes } from './gateway-codes.ts'

it('no code is in two tables', () => {
  const sizes = [configCodes, gatewayCodes, accessCodes, cliCodes].map(
    (table) => Object.keys(table).length,
  )
  expect(Object.keys(errorCodes).length).toBe(sizes.reduce((sum, size) => sum + size))
})

it('every code has a title of its own and says how to fix it', () => {
  const entries = Object.values(errorCodes)
  for (const { title, fix } of entries) {
    expect(title).toMatch(/^[A-Z].*[^.]$/)
    expect(fix).toMatch(/^[A-Z].*\.$/)
  }
})

it('every code of the gateway has a status and a type, every code of kt an exit code', () => {
  for (const entry of Object.values(gatewayCodes)) {
    expect(entry.status).toBeGreaterThanOrEqual(400)
    expect(entry.type).toMatch(/^[a-z_]+$/)
  }
  for (const entry of Object.values({ ...cliCodes, ...accessCodes }))
    expect([0, 1, 2, 78]).toContain(entry.exit)
})

it('finds entries by code and knows nothing of foreign codes', () => {
  expect(errorEntry('audit_unavailable')?.status).toBe(503)
  expect(errorEntry('E017')?.exit).toBe(78)
  expect(errorEntry('toString')).toBeNull()
  expect(docsAnchor('E017')).toBe('docs/reference/errors.md#e017')
})
