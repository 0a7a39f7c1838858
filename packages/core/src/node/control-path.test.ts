import { expect, it } from 'vitest'
import { controlPath } from './control-path.ts'

const linux = { platform: 'linux', tmpdir: '/tmp', uid: 1000 } as const

it('lies in the data folder', () => {
  expect(controlPath('/home/ada/data', linux)).toEqual({
    path: '/home/ada/data/control.sock',
    folder: '/home/ada/data',
    apart: false,
  })
})

it('lies in a folder of its own when the path would be too long for the kernel', () => {
  const long = `/home/ada/${'d'.repeat(90)}`
  const { path, folder, apart } = controlPath(long, linux)
  expect(folder).toMatch(/^\/tmp\/kt-1000-[0-9a-f]{16}$/)
  expect([path, apart]).toEqual([`${folder}/control.sock`, true])
  expect(controlPath(`${long}e`, linux).path).not.toBe(path)
})

it('counts bytes, not characters', () => {
  expect(controlPath(`/${'ä'.repeat(50)}`, linux).apart).toBe(true)
})

it('is a named pipe on Windows', () => {
  const { path, folder } = controlPath('/data', { ...linux, platform: 'win32' })
  expect(path).toMatch(/^\\\\\.\\pipe\\keeptrusts-[0-9a-f]{16}$/)
  expect(folder).toBeNull()
})
