import { describe, expect, it } from 'vitest'
import { workTime } from '../../fixtures/work-time.ts'
import { finishSteps } from '../../text/steps.ts'
import { dlpFilter } from './dlp-filter.ts'
import { inRequest, place, policyOf, redacted } from './fixtures/dlp-policies.ts'
import { rulesFor } from './rules/built-in-rules.ts'

const token = `ghp_${'k2Xw9QvLb41TzRm8YbNcF5hJ7dPs3gAeKtUo'}`
const assignment = 'api_key = "p9Xw27QvLk41TzRm8YbN"'
const policy = policyOf()

function privateKey(lines: number): string {
  const line = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj'
  return `-----BEGIN PRIVATE ${'KEY'}-----\n${`${line}\n`.repeat(lines)}Kw==\n-----END PRIVATE ${'KEY'}-----`
}

describe('what requests hide', () => {
  it.each([
    ['base64', `decode ${btoa(`the value: ${assignment}`)} please`],
    ['escapes', `run ${[...assignment].map((one) => `&#${one.charCodeAt(0)};`).join('')}`],
    ['invisible characters', [...assignment].join('\u200b')],
    [
      'hidden tag characters',
      `hi ${[...assignment].map((one) => String.fromCodePoint(0xe0000 + one.charCodeAt(0))).join('')}`,
    ],
  ])('is found in %s', (_, text) => {
    expect(inRequest(policy, text).length).toBeGreaterThan(0)
  })
})

describe('long secrets', () => {
  it.each([1, 8, 200])('a private key of %i lines goes whole, in requests and answers', (lines) => {
    const text = `before ${privateKey(lines)} behind`
    const answer = policy.inspect?.({ ...place, kind: 'text', text }, 'response') ?? []
    for (const matches of [inRequest(policy, text), answer])
      expect(redacted(text, matches)).toBe('before [PRIVATE_KEY_REDACTED] behind')
  })

  it('a key that is cut off is hidden to where it ends', () => {
    const text = `${privateKey(20).slice(0, 900)}\n\nand then`
    expect(redacted(text, inRequest(policy, text))).toBe('[PRIVATE_KEY_REDACTED]\n\nand then')
  })

  it('a model file goes whole', () => {
    const text = `data:;base64,R0dVRgMAAAAj${'AQAAAkZWVsQ9x0Zz'.repeat(3000)}== end`
    expect(redacted(text, inRequest(policy, text))).toBe('data:;base64,[MODEL_FILE_REDACTED] end')
  })

  it('the words that begin a key are no key', () => {
    const text = `A PEM file begins with -----BEGIN PRIVATE ${'KEY'}----- and has base64 lines.`
    expect(inRequest(policy, text)).toEqual([])
  })
})

describe('options', () => {
  it('leave out rules and categories', () => {
    expect(inRequest(policy, assignment)).toHaveLength(1)
    const excluded = policyOf({ credentials: { action: null, exclude: ['secret-assignment'] } })
    expect(inRequest(excluded, assignment)).toEqual([])
    const allowed = policyOf({ credentials: { action: 'allow', exclude: [] } })
    expect(inRequest(allowed, `${assignment} ${token}`)).toEqual([])
  })

  it('report only, or block, by category', () => {
    const monitored = policyOf({ credentials: { action: 'monitor', exclude: [] } })
    expect(inRequest(monitored, assignment)).toMatchObject([{ monitored: true }])
    const blocking = policyOf({ credentials: { action: 'block', exclude: [] } })
    expect(inRequest(blocking, assignment)).toMatchObject([{ action: 'block' }])
  })

  it('say what is wrong with them', () => {
    const check = (given: object) =>
      dlpFilter.check?.({
        ...{ detect_patterns: [], blocked_terms: [], action: 'redact', fuzzy_matching: false },
        ...{ max_distance: 1, sensitivity_level: 'standard' },
        credentials: { action: null, exclude: [] },
        mlflow: {},
        ...given,
      } as unknown as Parameters<NonNullable<typeof dlpFilter.check>>[0])
    expect(check({ detect_patterns: ['(a'] })).toMatchObject([{ path: 'detect_patterns[0]' }])
    expect(check({ blocked_terms: ['\u200b'] })).toMatchObject([{ path: 'blocked_terms[0]' }])
    expect(check({ blocked_terms: ['ab'] })).toMatchObject([{ severity: 'warning' }])
    expect(check({ credentials: { action: null, exclude: ['json-web-tokn'] } })).toMatchObject([
      { suggestion: 'Did you mean json-web-token?' },
    ])
  })
})

describe('time grows with the length of the text, not faster', () => {
  const all = policyOf({
    sensitivity_level: 'restricted',
    blocked_terms: ['aaaaaaaaaaaaaaaab', 'project nightjar'],
    fuzzy_matching: true,
    max_distance: 2,
  })
  const heads = [
    'a',
    'token=',
    'api_key="',
    'eyJ',
    'eyJa.',
    'gAJ',
    '://',
    'a:b@',
    'password:',
    '-----BEGIN ',
    'A1',
    '%41',
    '&#65;',
    'secret ',
    'Bearer ',
    'tracking_uri=',
    's3://',
    'models:/',
    'TLP:',
    '\u200b',
    'ghp_',
    'dapi',
    'uesdb',
    'é ',
  ]
  it.each(heads)('for a text of %j', async (unit) => {
    const segment = (length: number) =>
      ({ ...place, kind: 'text', text: unit.repeat(Math.ceil(length / unit.length)) }) as const
    const time = (length: number) =>
      workTime(() => {
        const steps = all.inspectInSteps?.(segment(length), 'request')
        return steps === undefined ? null : finishSteps(steps)
      })
    await time(5_000)
    // Ten times the text; a square would need a hundred times the time.
    expect(await time(50_000)).toBeLessThan(40 * Math.max(await time(5_000), 2))
  })
})

it('no pattern takes longer than its window allows, whatever stands there', () => {
  const fills = [
    'a',
    'A1',
    '0',
    ' ',
    '-',
    '.',
    '/',
    ':',
    '=',
    '"',
    '\n',
    'a.',
    'a ',
    'a-',
    '_',
    '+',
    '\\n',
  ]
  const slow: string[] = []
  for (const { id, keywords, pattern } of rulesFor('restricted')) {
    const every = new RegExp(pattern.source, [...new Set([...pattern.flags, 'g'])].join(''))
    const texts = fills.flatMap((fill) => {
      const long = fill.repeat(Math.ceil(1100 / fill.length))
      return [`${keywords[0]}${long}`, `${keywords[0]}="${long}`, long + keywords[0]]
    })
    const before = process.cpuUsage()
    for (const text of texts) text.replace(every, '')
    const { user, system } = process.cpuUsage(before)
    // A pattern that backtracks needs seconds for this many characters.
    if (user + system > 400_000) slow.push(id)
  }
  expect(slow).toEqual([])
})
