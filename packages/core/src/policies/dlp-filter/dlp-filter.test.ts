import { describe, expect, it } from 'vitest'
import { workTime } from '../../fixtures/work-time.ts'
import { finishSteps } from '../../text/steps.ts'
import { samples } from './credentials/fixtures/samples.ts'
import { credentialRules } from './credentials/rules.ts'
import { dlpFilter } from './dlp-filter.ts'
import { inRequest, place, policyOf, redacted } from './fixtures/dlp-policies.ts'

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

describe('secrets that are longer than their window', () => {
  const goOn = new Set(
    credentialRules.filter(({ goesOn }) => goesOn !== undefined).map(({ id }) => id),
  )
  const long = samples(20261127).filter(({ id }) => goOn.has(id) && id !== 'putty-private-key')
  it.each(long)('leave no tail: $id', ({ value }) => {
    const text = `before ${value.replace(/=+$/, '')}${'k2Xw9QvLb4'.repeat(100)} behind`
    const answer = policy.inspect?.({ ...place, kind: 'text', text }, 'response') ?? []
    for (const matches of [inRequest(policy, text), answer])
      expect(redacted(text, matches)).toMatch(
        /^before (?:client-key-data: )?\[[A-Z_]+_REDACTED\] behind$/,
      )
  })
  it('leave no tail: a key file of PuTTY', () => {
    const lines = (count: number) =>
      `${`${'AAAAB3NzaC1yc2EAAAADAQABAAABAQ9x'.repeat(2)}\n`.repeat(count)}Zz9x\n`
    const head = `PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\nComment: made up\nPublic-Lines: 13\n`
    const text = `${head}${lines(12)}Private-Lines: 15\n${lines(14)}Private-MAC: ${'0f'.repeat(32)}\nbehind`
    expect(redacted(text, inRequest(policy, text))).toMatch(/\[[A-Z_]+_REDACTED\]\nbehind$/)
    expect(redacted(text, inRequest(policy, text))).not.toMatch(/AAAAB3|Private/)
  })
})
describe('a check sum', () => {
  const right = samples(20261127).filter(({ id }) =>
    ['github-token', 'npm-token', 'gitlab-routable-token'].includes(id),
  )
  const wrong = (value: string) => value.slice(0, -1) + (value.endsWith('a') ? 'b' : 'a')
  it.each(right)('proves a token when it is right: $id', ({ id, value }) => {
    const [found] = inRequest(policy, value)
    expect(found).toMatchObject({ rule: id, score: 1000, proven: true })
  })
  it.each(right)('lets a token count when it is wrong: $id', ({ id, value }) => {
    const [found] = inRequest(policy, wrong(value))
    expect(found).toMatchObject({
      score: id === 'gitlab-routable-token' ? expect.any(Number) : 800,
    })
    expect(found).not.toHaveProperty('proven')
  })
  it('does not make a token of what stands for one', () => {
    for (const body of [
      'x'.repeat(36),
      '0'.repeat(36),
      'abcdefghijklmnopqrstuvwxyz0123456789',
      'EXAMPLE'.repeat(6).slice(0, 36),
    ])
      expect(inRequest(policy, `ghp_${body}`)).toEqual([])
    expect(inRequest(policy, `ghp_EXAMPLE${'k2Xw9QvLb41TzRm8YbNcF5hJ7dPs3'}`)).toHaveLength(1)
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

it.each([
  [false, 1],
  [true, 2],
])(
  'a thousand blocked terms cost hardly more than ten (fuzzy: %s, up to %i edits)',
  async (fuzzy_matching, max_distance) => {
    const name = (number: number) =>
      `${(number * 7919 + 65_537).toString(36)}q${(number * 104_729 + 8191).toString(36)}`
    const words = Array.from({ length: 1000 }, (_, number) => name(number))
    const withTerms = (count: number) =>
      policyOf({ blocked_terms: words.slice(0, count), fuzzy_matching, max_distance })
    const [few, many] = [withTerms(10), withTerms(1000)]
    const text =
      'The quarterly report of the harbour office names three falcons and a lighthouse. '.repeat(
        120,
      )
    const time = (which: typeof few) => workTime(() => inRequest(which, text))
    await time(few)
    await time(many)
    expect(await time(many)).toBeLessThan(4 * Math.max(await time(few), 10))
  },
)

it('typing errors are looked for in time that grows with the text, not faster', async () => {
  const fuzzy = policyOf({
    blocked_terms: ['aaaaaaaaaaaaaaaaaaaaaaaab', 'abababababababab', 'project nightjar'],
    fuzzy_matching: true,
    max_distance: 8,
  })
  const time = (length: number) => workTime(() => inRequest(fuzzy, 'ab a aab '.repeat(length / 9)))
  await time(9_000)
  expect(await time(54_000)).toBeLessThan(18 * Math.max(await time(9_000), 5))
})
