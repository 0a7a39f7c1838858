import { expect, test } from 'vitest'
import { runOptions } from './run-options.ts'

test('a full run measures everything but the soak and is kept under its date', () => {
  const { names, effort, suffix } = runOptions([])
  expect(names).toEqual(['json', 'prompts', 'streams', 'store', 'policies', 'cli'])
  expect(effort).toEqual({ quick: false, rounds: 5, durationMs: 4000, floor: true })
  expect(suffix).toBe('')
})

test('a part is kept under its names, a quick run not at all', () => {
  expect(runOptions(['--only', 'cli,json']).names).toEqual(['json', 'cli'])
  expect(runOptions(['--only', 'cli,json']).suffix).toBe('-json-cli')
  expect(runOptions(['--quick']).suffix).toBe(null)
  expect(runOptions(['--quick']).effort.floor).toBe(false)
  expect(runOptions(['--quick', '--check'])).toMatchObject({ check: true, effort: { floor: true } })
})

test('a soak is ten minutes or as many as said, alone or with others', () => {
  expect(runOptions(['--soak'])).toMatchObject({ names: ['soak'], soakMinutes: 10 })
  expect(runOptions(['--soak', '2.5']).soakMinutes).toBe(2.5)
  expect(runOptions(['--soak', '3', '--only', 'cli']).names).toEqual(['cli', 'soak'])
  expect(runOptions(['--only', 'all'])).toMatchObject({ soakMinutes: 10, suffix: '' })
  expect(runOptions(['--only', 'all']).names).toContain('soak')
})

test('rounds, seconds and peers are as said', () => {
  const { effort, without } = runOptions('--rounds 2 --seconds 0.5 --without portkey'.split(' '))
  expect(effort).toMatchObject({ rounds: 2, durationMs: 500 })
  expect([...without]).toEqual(['portkey'])
})

test.each([
  ['--only jsn', 'json'],
  ['--without apache', 'nginx'],
  ['--rounds none', '--rounds'],
  ['--seconds 0', '--seconds'],
  ['7', '--soak'],
  ['--fast', '--fast'],
])('%s is refused with what would do', (line, hint) => {
  expect(() => runOptions(line.split(' '))).toThrow(TypeError)
  expect(() => runOptions(line.split(' '))).toThrow(hint)
})
