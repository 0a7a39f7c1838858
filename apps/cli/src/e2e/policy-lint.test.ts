import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { policyConfig } from '../fixtures/policy-config.ts'
import { createSandbox } from '../fixtures/spawn-kt.ts'

const sandbox = createSandbox()
afterAll(() => sandbox.remove())

beforeAll(() => {
  const good = policyConfig('http://localhost:5000')
  const write = (name: string, text: string) => writeFileSync(join(sandbox.folder, name), text)
  write('good.yaml', good)
  write(
    'bad.yaml',
    good.replace('[EMAIL_ADDRESS]', '[EMAIL_ADRESS]').replace('retention_days', 'retain'),
  )
  write('warned.yaml', good.replace(/ {2}audit-logger:.*\n/, ''))
  write('broken.yaml', 'pack: {name: x\npolicies: [')
})

const lint = (...args: string[]) => sandbox.kt(['policy', 'lint', ...args])

it('says what a valid file does', async () => {
  const expected = {
    code: 0,
    stdout: `OK good.yaml is valid
Pack: cli-test (v1.2.3)
Chain: prompt-injection -> pii-detector -> audit-logger
Policies validated: 3
`,
    stderr: '',
  }
  expect(await lint('--file', 'good.yaml')).toEqual(expected)
  expect(await lint('good.yaml')).toEqual(expected)
  expect(JSON.parse((await lint('--file', 'good.yaml', '--json')).stdout)).toEqual({
    valid: true,
    file: 'good.yaml',
    pack: { name: 'cli-test', version: '1.2.3' },
    chain: ['prompt-injection', 'pii-detector', 'audit-logger'],
    policy_count: 3,
    warnings: [],
  })
})

it('lists everything that is wrong, and ends with 2', async () => {
  const { code, stdout, stderr } = await lint('--file', 'bad.yaml')
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(/^X bad\.yaml has 2 errors\n/)
  expect(stderr).toMatch(
    /--> bad\.yaml:12:\d+ {2}policy\.pii-detector\.entities\[0\]\n {2}help: .*EMAIL_ADDRESS/,
  )
  expect(stderr).toMatch(/error\[E002\].*"retain"/)
  const json = await lint('--file', 'bad.yaml', '--json')
  expect(json.code).toBe(2)
  const { valid, errors } = JSON.parse(json.stdout)
  expect(valid).toBe(false)
  expect(errors).toHaveLength(2)
  expect(Object.keys(errors[0]).slice(0, 4)).toEqual(['code', 'path', 'message', 'suggestion'])
})

it('shows warnings of a file that is valid', async () => {
  const { code, stdout } = await lint('--file', 'warned.yaml')
  expect(code).toBe(0)
  expect(stdout).toMatch(/^OK warned\.yaml is valid\n[\s\S]*\nwarning\[E003\]: /)
})

it('finds the place where YAML ends to be YAML', async () => {
  const { code, stderr } = await lint('--file', 'broken.yaml')
  expect(code).toBe(2)
  expect(stderr).toMatch(/error\[E010\]: .*\n {2}--> broken\.yaml:\d+:\d+/)
})

it('needs a file that is there', async () => {
  expect(await lint()).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('error[bad-flag]'),
  })
  expect(await lint('--file', 'none.yaml')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/error\[file-not-found\]: .*none\.yaml/),
  })
})
