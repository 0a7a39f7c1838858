import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { errorCodes } from '../errors/error-codes.ts'
import type { ConfigIssue } from './config.ts'
import { formatIssue } from './format-issue.ts'
import { lintConfig } from './lint-config.ts'

const valid = new URL('../../fixtures/configs/', import.meta.url)
const invalid = new URL('../../fixtures/configs-invalid/', import.meta.url)

function yamlFiles(folder: URL): string[] {
  return readdirSync(folder).filter((file) => file.endsWith('.yaml'))
}

function lintFile(folder: URL, file: string) {
  const text = readFileSync(new URL(file, folder), 'utf8')
  return { text, ...lintConfig([{ text, file }]) }
}

interface Expectation {
  readonly code: string
  readonly place: string
  readonly message: string
}

/** Reads `# expect: CODE line:column part of the message` lines. */
function expectations(text: string): Expectation[] {
  return [...text.matchAll(/^# expect: (E\d+) (\d+:\d+) (.+)$/gm)].map((match) => {
    return { code: match[1]!, place: match[2]!, message: match[3]! }
  })
}

function errorsOf(issues: readonly ConfigIssue[]) {
  return issues.filter(({ severity }) => severity === 'error')
}

describe('every valid configuration', () => {
  it.each(yamlFiles(valid))('%s loads without an error', (file) => {
    const { config, issues } = lintFile(valid, file)
    expect(errorsOf(issues).map(formatIssue)).toEqual([])
    expect(config).not.toBeNull()
  })
})

describe('every invalid configuration', () => {
  it.each(yamlFiles(invalid))('%s is refused with exactly the expected errors', (file) => {
    const { text, config, issues } = lintFile(invalid, file)
    const expected = expectations(text)
    const found = errorsOf(issues).map(({ code, position, message }, index) => {
      const wanted = expected[index]?.message ?? ''
      const part = wanted !== '' && message.includes(wanted) ? wanted : message
      return { code, place: `${position.line}:${position.column}`, message: part }
    })
    expect(expected).not.toEqual([])
    expect(found).toEqual(expected)
    expect(config).toBeNull()
  })

  const files = yamlFiles(invalid).map((file) => ({ file, ...lintFile(invalid, file) }))
  const all = files.flatMap(({ issues }) => errorsOf(issues))

  it('has its own message', () => {
    const messages = files.map(({ issues }) => errorsOf(issues)[0]!.message)
    expect(messages.length).toBeGreaterThanOrEqual(25)
    expect(messages.filter((message, index) => messages.indexOf(message) !== index)).toEqual([])
  })

  it('together they show every code of an error', () => {
    const shown = new Set(all.map(({ code }) => code))
    const known = Object.entries(errorCodes).flatMap(([code, entry]) => {
      return /^E\d+$/.test(code) && 'exit' in entry ? [code] : []
    })
    expect(known.filter((code) => !shown.has(code))).toEqual([])
  })

  it('says where and how to fix it, and never prints a secret', () => {
    for (const issue of all) {
      expect(formatIssue(issue)).toMatch(/^[\w-]+\.yaml:\d+:\d+/)
      expect(issue.suggestion?.length).toBeGreaterThan(5)
    }
    const text = JSON.stringify(files.map(({ issues }) => issues))
    expect(text).not.toMatch(/canary|hunter2|dapi0123/)
  })
})
