import { describe, expect, it } from 'vitest'
import { lintConfig } from '../../config/lint-config.ts'
import { parseConfig } from '../../config/parse-config.ts'
import { createEngine } from '../../engine/create-engine.ts'
import type { RecognizedEntity, Recognizer } from '../../plugins/plugin.ts'
import { policiesWith } from '../registry.ts'

/** Finds every "Paris" as a place and every "Curie" as a person, after a while that differs from text to text. */
const places: Recognizer['recognize'] = async ({ text }) => {
  await new Promise((resolve) => setTimeout(resolve, text.length % 7))
  const found: RecognizedEntity[] = []
  for (const [entity, word] of [
    ['LOCATION', 'Paris'],
    ['ORGANIZATION', 'Sorbonne'],
  ] as const)
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
      found.push({ entity, start: at, end: at + word.length, score: 0.9 })
  return found
}

interface Setting {
  readonly options?: object
  readonly recognize?: Recognizer['recognize']
}

const pluginOf = (recognize: Recognizer['recognize'] = places) => ({
  recognizers: [{ name: 'places', entities: ['LOCATION', 'ORGANIZATION'], recognize }],
})

function source(options: object): string {
  return JSON.stringify({
    pack: { name: 'test', version: '1.0.0' },
    policies: { chain: ['pii-detector'] },
    policy: { 'pii-detector': { entities: ['LOCATION', 'EMAIL'], ...options } },
  })
}

function engineWith({ options = {}, recognize }: Setting = {}) {
  const policies = policiesWith([pluginOf(recognize)])
  return createEngine(parseConfig(source(options), { policies }))
}

const ask = (setting: Setting, ...texts: readonly string[]) =>
  engineWith(setting).evaluateRequest({
    messages: texts.map((content) => ({ role: 'user', content })),
  })

describe('a recogniser plug-in', () => {
  it('finds what the configuration names, beside the built-in detectors', async () => {
    const decision = await ask({}, 'ada@example.com moved from Paris to the Sorbonne in Paris.')
    expect(decision).toMatchObject({
      outcome: 'redact',
      messages: [
        {
          content:
            '[EMAIL_REDACTED] moved from [LOCATION_REDACTED] to the Sorbonne in [LOCATION_REDACTED].',
        },
      ],
    })
  })

  it('gives numbers in the order of the texts, whoever answers first, and restores', async () => {
    const options = { redaction: { marker_format: 'numbered', restore: true } }
    const recognize: Recognizer['recognize'] = async ({ text }) => {
      await new Promise((resolve) => setTimeout(resolve, text.startsWith('Paris') ? 20 : 0))
      return [{ entity: 'LOCATION', start: 0, end: 5, score: 1 }]
    }
    const decision = await ask({ options, recognize }, 'Paris is far.', 'Tours is near.')
    expect(decision).toMatchObject({
      messages: [{ content: '[LOCATION_1] is far.' }, { content: '[LOCATION_2] is near.' }],
    })
    if (decision.outcome === 'block') throw new Error('blocked')
    const answer = { role: 'assistant', content: 'Go to [LOCATION_2].' } as const
    expect(await decision.evaluateResponse({ messages: [answer] })).toMatchObject({
      messages: [{ content: 'Go to Tours.' }],
    })
  })

  it('reads a long text in pieces that overlap', async () => {
    const filler = 'x '.repeat(8000)
    const asked: number[] = []
    const recognize: Recognizer['recognize'] = (question) => {
      asked.push(question.text.length)
      return places(question)
    }
    const decision = await ask({ recognize }, `${filler}Paris ${filler}Paris`)
    expect(decision).toMatchObject({
      messages: [{ content: `${filler}[LOCATION_REDACTED] ${filler}[LOCATION_REDACTED]` }],
    })
    expect(Math.max(...asked)).toBe(16_384)
  })

  it('counts from the threshold of its entity', async () => {
    const options = { thresholds: { LOCATION: 0.95 } }
    expect(await ask({ options }, 'Paris')).toMatchObject({ outcome: 'allow' })
  })

  it.each<[string, Recognizer['recognize']]>([
    ['never answers', () => new Promise<never>(() => {})],
    ['fails', () => Promise.reject(new Error('down'))],
    ['names no span', async () => [{ entity: 'LOCATION', start: 3, end: 99, score: 1 }]],
    ['has no score', async () => [{ entity: 'LOCATION', start: 0, end: 1, score: Number.NaN }]],
  ])('that %s refuses the call, or is gone on without', async (_, recognize) => {
    const recognizers = { timeout_ms: 10 }
    expect(await ask({ options: { recognizers }, recognize }, 'Paris')).toMatchObject({
      outcome: 'block',
      reason: 'policy_failed',
    })
    const without = { recognizers: { ...recognizers, on_failure: 'without' } }
    expect(await ask({ options: without, recognize }, 'Mail ada@example.com')).toMatchObject({
      outcome: 'redact',
      messages: [{ content: 'Mail [EMAIL_REDACTED]' }],
    })
  })

  it('is asked for entities that nothing built in finds, and lint says that answers are not searched', () => {
    const { issues } = lintConfig(source({}))
    expect(issues).toContainEqual(
      expect.objectContaining({ code: 'E011', message: expect.stringContaining('plug-in') }),
    )
    const policies = policiesWith([pluginOf()])
    const { config, issues: warnings } = lintConfig(source({}), { policies })
    expect(config).not.toBeNull()
    expect(warnings).toContainEqual(
      expect.objectContaining({
        severity: 'warning',
        path: 'policy.pii-detector.entities[0]',
        message: expect.stringContaining('requests only'),
      }),
    )
  })
})
