import { describe, expect, it } from 'vitest'
import { workTime } from '../../../fixtures/work-time.ts'
import { longestMatch } from './fixtures/longest-match.ts'
import { runRules } from './fixtures/run-rules.ts'
import { samples } from './fixtures/samples.ts'
import { credentialRules } from './rules.ts'

/** Formats that hold each other: the second rule finds what the first one names, too. */
const related = new Set([
  'mlflow-tracking-uri-password < http-url-password',
  'artifactory-encrypted-password < npmrc-auth-token',
  'sidekiq-url-password < http-url-password',
  'google-chat-webhook < google-api-key',
  'google-recaptcha-secret < aws-secret-access-key',
])

describe.each(credentialRules)('the pattern of $id', ({ keywords, pattern, reach = 512 }) => {
  it('is bounded and stays within its reach', () => {
    expect(pattern.flags).toMatch(/^dgi?$/)
    expect(reach).toBeLessThanOrEqual(512)
    expect(longestMatch(pattern.source)).toBeLessThanOrEqual(reach)
  })
  it('is tried only after literals that are long enough to be rare', () => {
    expect(keywords.length).toBeGreaterThan(0)
    for (const keyword of keywords) {
      expect(keyword.length).toBeGreaterThanOrEqual(3)
      expect(keyword).toBe(keyword.toLowerCase())
    }
  })
})

describe('the rules together', () => {
  it('find each sample by its own rule, and by no other that is not related', () => {
    for (const { id, name, value } of [3, 12].flatMap(samples)) {
      const found = runRules(credentialRules, name ? `${name}=${value}` : value)
      const ids = new Set(found.map((each) => each.id))
      expect(ids, value).toContain(id)
      ids.delete(id)
      for (const other of ids) expect(related, `${id} < ${other}`).toContain(`${id} < ${other}`)
    }
  })
  it.each([
    'How do I register a model under models:/churn/Production and load it with mlflow.pyfunc?',
    'Set MLFLOW_TRACKING_URI to http://mlflow.example.org:5000 and MLFLOW_TRACKING_TOKEN to your token.',
    'export DATABRICKS_TOKEN=<your-token>; export OPENAI_API_KEY="$OPENAI_API_KEY"',
    'The commit 3f786850e387550fdab836ed7e6dc881de23001b of the datadog agent fixes it.',
    'postgres://user:password@localhost:5432/db is what the tutorial says; use $DB_PASSWORD instead.',
    'Use sk-... or ghp_... or AKIAXXXXXXXXXXXXXXXX here, and keep -----BEGIN PRIVATE KEY----- out of git.',
    'Twitter, Facebook and LinkedIn integrations should share getAuthenticationTokenForCurrentUser.',
  ])('find nothing in "%s"', (text) => {
    expect(runRules(credentialRules, text)).toEqual([])
  })
})

describe('the time of a pattern', () => {
  it('grows no faster than a text that repeats its keywords', async () => {
    const slow: string[] = []
    for (const { id, keywords, pattern } of credentialRules) {
      const unit = `${keywords[0]}=a1-`
      const text = (length: number) => unit.repeat(Math.ceil(length / unit.length))
      const time = (length: number) => workTime(() => [...text(length).matchAll(pattern)])
      await time(500)
      // Ten times the text; a quadratic step would need a hundred times the time. Times too short to compare say that it is linear.
      const [short, long] = [await time(1_000), await time(10_000)]
      if (long > 8 && long > 30 * short) slow.push(`${id}: ${short} ms, ${long} ms`)
    }
    expect(slow).toEqual([])
  })
})
