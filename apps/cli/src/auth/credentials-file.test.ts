import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readCredentials, removeCredentials, writeCredentials } from './credentials-file.ts'

const credentials = { email: 'ada@example.com', data_dir: '/data', token: 'kt_at_x' }
let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kt-credentials-'))
  file = join(folder, 'config', 'credentials.json')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('comes back as it was written, leaving nothing else behind', () => {
  expect(readCredentials(file)).toBeNull()
  writeCredentials(file, { ...credentials, token: 'old' })
  writeCredentials(file, credentials)
  expect(readCredentials(file)).toEqual(credentials)
  expect(readdirSync(join(folder, 'config'))).toEqual(['credentials.json'])
  removeCredentials(file)
  removeCredentials(file)
  expect(readCredentials(file)).toBeNull()
})

it.skipIf(process.platform === 'win32')('is for its owner only, and refused otherwise', () => {
  writeCredentials(file, credentials)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(statSync(join(folder, 'config')).mode & 0o777).toBe(0o700)
  chmodSync(file, 0o640)
  expect(() => readCredentials(file)).toThrow(
    expect.objectContaining({ code: 'loose-permissions', where: file }),
  )
})

it.each(['', 'no json', '{}', '{"version":2,"email":"a","data_dir":"b","token":"c"}'])(
  'says how to repair a damaged file: %s',
  (content) => {
    writeCredentials(file, credentials)
    writeFileSync(file, content)
    expect(() => readCredentials(file)).toThrow(
      expect.objectContaining({ suggestion: expect.stringContaining('kt auth login') }),
    )
  },
)
