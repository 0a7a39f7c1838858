import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readProfiles, writeProfiles } from './credentials-file.ts'
import type { Profiles } from './profiles.ts'

const profiles: Profiles = {
  active: 'prod',
  list: [
    {
      name: 'local',
      gateway: { data_dir: '/data' },
      email: 'ada@example.com',
      role: 'admin',
      token: 'kt_at_x',
    },
    {
      name: 'prod',
      gateway: { url: 'https://gateway:41002', ca_file: '/ca.pem', vkey: 'key' },
      email: null,
      role: null,
      token: null,
    },
  ],
}
let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kt-credentials-'))
  file = join(folder, 'config', 'credentials.json')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('comes back as it was written, leaving nothing else behind', () => {
  expect(readProfiles(file)).toEqual({ active: null, list: [] })
  writeProfiles(file, { active: null, list: [] })
  writeProfiles(file, profiles)
  expect(readProfiles(file)).toEqual(profiles)
  expect(readdirSync(join(folder, 'config'))).toEqual(['credentials.json'])
})

it('takes over the one sign-in of version 1', () => {
  writeProfiles(file, profiles)
  writeFileSync(file, '{"version":1,"email":"ada@example.com","data_dir":"/data","token":"t"}')
  expect(readProfiles(file)).toEqual({
    active: 'local',
    list: [{ ...profiles.list[0], role: null, token: 't' }],
  })
})

it.skipIf(process.platform === 'win32')('is for its owner only, and refused otherwise', () => {
  writeProfiles(file, profiles)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(statSync(join(folder, 'config')).mode & 0o777).toBe(0o700)
  chmodSync(file, 0o640)
  expect(() => readProfiles(file)).toThrow(
    expect.objectContaining({ code: 'loose-permissions', where: file }),
  )
})

it.each([
  '',
  'no json',
  '{}',
  '{"version":3,"active":null,"profiles":[]}',
  '{"version":2,"active":null,"profiles":[{"name":"a"}]}',
  '{"version":2,"active":7,"profiles":[]}',
  '{"version":1,"email":"a","data_dir":"b","token":null}',
])('says how to repair a damaged file: %s', (content) => {
  writeProfiles(file, profiles)
  writeFileSync(file, content)
  expect(() => readProfiles(file)).toThrow(
    expect.objectContaining({ suggestion: expect.stringContaining('kt auth login') }),
  )
})
