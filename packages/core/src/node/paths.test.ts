import { homedir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { keeptrustsPaths } from './paths.ts'

it('uses the XDG folders of the home folder', () => {
  expect(keeptrustsPaths({ HOME: '/home/ada' }, 'linux')).toEqual({
    dataDir: '/home/ada/.local/share/keeptrusts',
    configDir: '/home/ada/.config/keeptrusts',
  })
})

it('uses XDG variables, but not relative ones', () => {
  const env = { HOME: '/h', XDG_DATA_HOME: '/data', XDG_CONFIG_HOME: 'config' }
  expect(keeptrustsPaths(env, 'darwin')).toEqual({
    dataDir: '/data/keeptrusts',
    configDir: '/h/.config/keeptrusts',
  })
})

it('prefers its own variables, and ignores empty ones', () => {
  const env = {
    HOME: '/h',
    XDG_DATA_HOME: '/data',
    KEEPTRUSTS_DATA_DIR: '/d',
    KEEPTRUSTS_CONFIG_DIR: '',
  }
  expect(keeptrustsPaths(env, 'linux')).toEqual({
    dataDir: '/d',
    configDir: '/h/.config/keeptrusts',
  })
})

it('falls back to the home folder that the system knows', () => {
  expect(keeptrustsPaths({}, 'linux').dataDir).toBe(join(homedir(), '.local/share/keeptrusts'))
})

it('keeps local files of Windows local', () => {
  const { dataDir, configDir } = keeptrustsPaths({ LOCALAPPDATA: '/local' }, 'win32')
  expect(dataDir).toBe(join('/local', 'keeptrusts'))
  expect(configDir).toBe(join('/local', 'keeptrusts', 'config'))
})
