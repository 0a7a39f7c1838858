import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { policiesOf } from './load-plugins.ts'

function fileWith(source: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'kt-plugin-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'plugin.mjs')
  writeFileSync(file, source)
  return file
}

describe('plug-ins of a command', () => {
  it('add policies', async () => {
    const policy =
      "{ kind: 'mine', summary: 'For tests.', directions: ['request'], reasonCode: 'mine', schema: {}, create: () => ({}) }"
    const policies = await policiesOf([fileWith(`export default { policies: [${policy}] }`)])
    expect(policies.map(({ kind }) => kind)).toContain('mine')
  })

  it.each([
    ['export default 5', 'no object'],
    ['export const classifiers = []', 'no object'],
    ['export default { classifier: [] }', 'known are policies, classifiers, recognizers'],
    ['export default { classifiers: {} }', 'no list'],
    ["export default { classifiers: [{ name: 'x' }] }", 'no function "classify"'],
    ["throw new Error('not today')", 'not today'],
    [
      "export default { classifiers: [{ name: 'local', classify() {} }] }",
      'two of the classifier "local"',
    ],
  ])('are refused when they cannot be used: %s', async (source, reason) => {
    await expect(policiesOf([fileWith(source)])).rejects.toMatchObject({
      code: 'plugin-invalid',
      message: expect.stringContaining(reason),
    })
  })

  it('are refused when they are not there', async () => {
    await expect(policiesOf(['missing.mjs'])).rejects.toMatchObject({ code: 'file-not-found' })
  })
})
