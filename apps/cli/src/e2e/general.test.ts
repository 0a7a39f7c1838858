import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { createSandbox } from '../fixtures/spawn-kt.ts'
import { COMMANDS } from '../index.ts'

const sandbox = createSandbox()
afterAll(() => sandbox.remove())

it('answers --version and -v with the version of the package', async () => {
  const { version } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  )
  for (const flag of ['--version', '-v']) {
    expect(await sandbox.kt([flag])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
  }
})

describe('help', () => {
  it('lists the topics', async () => {
    const { code, stdout } = await sandbox.kt(['--help'])
    expect(code).toBe(0)
    for (const topic of ['auth', 'events', 'gateway', 'policy']) expect(stdout).toContain(topic)
  })

  it.each(Object.keys(COMMANDS))('of %s has examples', async (id) => {
    const { code, stdout } = await sandbox.kt([...id.split(':'), '--help'])
    expect(code).toBe(0)
    expect(stdout).toMatch(new RegExp(`EXAMPLES\\n\\s+\\$ kt ${id.replaceAll(':', ' ')}`))
  })
})

describe('wrong input', () => {
  it('names the command that was probably meant', async () => {
    const { code, stdout, stderr } = await sandbox.kt(['event', 'list'])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toBe(
      'error[bad-flag]: There is no command "kt event list".\n  help: Did you mean kt events list?\n',
    )
  })

  it.each([
    [['events', 'list', '--nope'], /--nope/],
    [['events', 'list', '--limit', 'many'], /limit/i],
    [['events', 'list', '--limit', '0'], /limit/i],
    [['events', 'list', '--verdict', 'perhaps'], /verdict/],
    [['events', 'list', '--since', 'yesterday'], /"yesterday" is not a time/],
    [['events', 'show'], /id/],
    [['auth', 'whoami', 'please'], /takes no argument "please"/],
  ])('ends %j with 2', async (args, message) => {
    const { code, stdout, stderr } = await sandbox.kt(args)
    expect(stderr).toMatch(message)
    expect(stderr).toMatch(/^error\[bad-flag\]: /)
    expect(stderr).toContain('  help: ')
    expect(stderr).not.toMatch(/\n\s+at .*:\d+/)
    expect(stdout).toBe('')
    expect(code).toBe(2)
  })

  it('is told as JSON to programs', async () => {
    const { code, stdout, stderr } = await sandbox.kt(['events', 'lst', '--json'])
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' })
    expect(JSON.parse(stdout)).toEqual({
      error: {
        code: 'bad-flag',
        message: 'There is no command "kt events lst".',
        suggestion: 'Did you mean kt events list?',
      },
    })
    const both = await sandbox.kt(['events', 'list', '--raw', '--json'])
    expect(JSON.parse(both.stdout).error.message).toContain('--raw')
    expect(both.code).toBe(2)
  })
})
