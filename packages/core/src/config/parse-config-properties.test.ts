import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ConfigError } from './config-error.ts'
import { formatIssue } from './format-issue.ts'
import { lintConfig } from './lint-config.ts'
import { parseConfig } from './parse-config.ts'

const folder = new URL('../../fixtures/configs/', import.meta.url)
const texts = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => readFileSync(new URL(file, folder), 'utf8'))

/** True when the text is accepted or refused as it should be; anything else escapes and fails the property. */
function isHandled(text: string): boolean {
  try {
    return parseConfig(text).hash.length === 64
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.issues.every((issue) => {
      const lines = text.split('\n').length
      return issue.position.line >= 1 && issue.position.line <= lines && formatIssue(issue) !== ''
    })
  }
}

const words = [
  ...['pack', 'providers', 'targets', 'policies', 'chain', 'policy', 'prompt-injection', 'mode'],
  ...['pii-detector', 'audit-logger', 'entities', 'action', 'threshold', 'detection', 'response'],
  ...['secret_key_ref', 'base_url', 'provider', 'enforcement', 'on_unscannable', 'access', 'id'],
  ...[
    'trust_headers_from',
    'version',
    'name',
    'enabled',
    'redaction',
    'custom_markers',
    'timeouts',
  ],
]
const yaml = [
  '{',
  '}',
  '[',
  ']',
  ':',
  ' ',
  '\n',
  '- ',
  '&a',
  '*a',
  '"',
  "'",
  '|',
  '>',
  '#',
  '!t ',
  '? ',
  ',',
  '\t',
  '~',
]
const soup = fc
  .array(
    fc.oneof(fc.constantFrom(...words, ...yaml), fc.string({ unit: 'binary', maxLength: 4 })),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''))

it('no soup of YAML throws anything but a ConfigError', () => {
  fc.assert(
    fc.property(soup, (text) => isHandled(text)),
    { numRuns: 500 },
  )
})

const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, depthIdentifier: 'value' },
    fc.constantFrom<unknown>(...words, null, true, 0, 1, -1, 0.8, '', 'block', 'SSN', 'http://h'),
    fc.array(tie('value'), { maxLength: 3, depthIdentifier: 'value' }),
    fc.dictionary(fc.constantFrom(...words), tie('value'), {
      maxKeys: 4,
      depthIdentifier: 'value',
    }),
  ),
})).value

it('no value in any place throws anything but a ConfigError', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...words), value), (document) => {
      return isHandled(JSON.stringify(document, null, 1))
    }),
    { numRuns: 500 },
  )
})

it('no change of a valid file throws anything but a ConfigError', () => {
  const edit = fc.record({
    text: fc.constantFrom(...texts),
    at: fc.nat(2000),
    cut: fc.nat(30),
    put: fc.oneof(fc.constantFrom(...words, ...yaml), fc.string({ maxLength: 5 })),
  })
  fc.assert(
    fc.property(edit, ({ text, at, cut, put }) => {
      const start = at % text.length
      return isHandled(text.slice(0, start) + put + text.slice(start + cut))
    }),
    { numRuns: 500 },
  )
})

it('the canonical form is a configuration with the same form and hash', () => {
  for (const text of texts) {
    const config = parseConfig(text)
    const again = parseConfig(config.canonical)
    expect(again.canonical).toBe(config.canonical)
    expect(again.hash).toBe(config.hash)
  }
})

it('the hash does not depend on layout, comments, order of keys or names of files', () => {
  const [text = ''] = texts
  const { hash } = parseConfig(text)
  const commented = text.replaceAll('\n', '\n# a comment\n')
  expect(lintConfig([{ text: commented, file: 'other.yaml' }]).config?.hash).toBe(hash)
  expect(parseConfig(text.replace(/version: [\d.]+/, 'version: 9.9.9')).hash).not.toBe(hash)
})
