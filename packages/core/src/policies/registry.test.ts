import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { parseConfig } from '../config/parse-config.ts'
import { createEngine } from '../engine/create-engine.ts'
import { workTime } from '../fixtures/work-time.ts'
import { parsePolicyCases } from '../testing/parse-policy-cases.ts'
import type { PolicyCase } from '../testing/policy-case.ts'
import { engineOf, messagesOf, runPolicyCases } from '../testing/run-policy-cases.ts'
import type { JsonSchema } from './json-schema.ts'
import type { PolicyDefinition } from './policy.ts'
import { builtinPolicies } from './registry.ts'

const here = new URL('.', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, here), 'utf8')
const folders = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !entry.name.startsWith('__'))
  .map((entry) => entry.name)

test('every folder is a registered kind and every registered kind a folder, sorted', () => {
  const kinds = builtinPolicies.map(({ kind }) => kind)
  expect(kinds).toEqual([...kinds].sort())
  expect(kinds).toEqual(folders.sort())
})

/** Options for which each policy with savings offers all that it can. */
const manyOptions: Readonly<Record<string, Record<string, unknown>>> = {
  'pii-detector': { entities: ['PERSON', 'PHONE_NUMBER'], detect_patterns: ['zqx', 'zqx\\d'] },
  'prompt-injection': { detection: { embedding_threshold: 0.8, attack_patterns: ['zqx', 'zqx+'] } },
  'dlp-filter': { detect_patterns: ['zqx'], blocked_terms: ['zqx'], fuzzy_matching: true },
}

describe.each(builtinPolicies.map((definition) => [definition.kind, definition] as const))(
  '%s',
  (kind, definition) => {
    const has = (file: string) => existsSync(new URL(`${kind}/${file}`, here))
    const cases = (): readonly PolicyCase[] => parsePolicyCases(read(`${kind}/cases.yaml`))
    const observes = definition.create(defaultsOf(definition.schema)).observes === true

    test('has its definition, schema, README and samples where they belong', () => {
      expect(kind).toMatch(/^[a-z]+(-[a-z]+)*$/)
      expect(definition.reasonCode).toMatch(/^[a-z]+(_[a-z]+)*$/)
      for (const file of [`${kind}.ts`, 'schema.ts', 'README.md', 'cases.yaml'])
        expect(has(file), `${kind}/${file}`).toBe(true)
    })

    test('has a closed schema that describes and defaults every option', () => {
      new Ajv2020({ strict: true, allowUnionTypes: true }).compile(definition.schema)
      for (const [path, schema] of objectSchemas(definition.schema)) {
        expect(schema.additionalProperties, `${path} is closed or a map`).toBeDefined()
        expect(schema.additionalProperties, `${path} is closed or a map`).not.toBe(true)
      }
      for (const [path, option, required] of optionsOf(definition.schema)) {
        expect(option.description, `${path} has a description`).toMatch(/\S/)
        expect('default' in option || required, `${path} has a default or is required`).toBe(true)
      }
    })

    test('has a README with the five headings and a row for every option', () => {
      const readme = read(`${kind}/README.md`)
      const headings = [...readme.matchAll(/^## (.+)$/gm)].map((match) => match[1])
      expect(headings).toEqual(['Purpose', 'Options', 'Decisions', 'Examples', 'Limits'])
      const section = readme.split(/^## /m).find((part) => part.startsWith('Options')) ?? ''
      const rows = [...section.matchAll(/^\| *`([^`]+)`/gm)].map((match) => match[1])
      const options = optionsOf(definition.schema).filter(([, option]) => !option.properties)
      expect(rows.sort()).toEqual(options.map(([path]) => path).sort())
    })

    test('offers savings that are valid options, change something and say what they cost', () => {
      const valid = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(definition.schema)
      const options = { ...defaultsOf(definition.schema), ...manyOptions[kind] }
      for (const saving of definition.savings?.(options) ?? []) {
        expect(valid(saving.options), `${saving.option} ${JSON.stringify(valid.errors)}`).toBe(true)
        expect(saving.options, saving.change).not.toEqual(options)
        expect(saving.loses).toMatch(/^\S.* then not /)
        expect(saving.change + saving.loses, 'no pattern is told').not.toContain('zqx')
        expect(definition.check?.(saving.options) ?? []).toEqual([])
        definition.create(saving.options)
      }
    })

    test('has YAML in its README that loads', () => {
      const blocks = [...read(`${kind}/README.md`).matchAll(/^```yaml\n([\s\S]*?)^```/gm)]
      expect(blocks.length).toBeGreaterThan(0)
      const base = { file: 'base.yaml', text: read('../../fixtures/configs/mlflow.yaml') }
      for (const [, text = ''] of blocks)
        expect(parseConfig([base, { file: `${kind}/README.md`, text }]).hash).toHaveLength(64)
    })

    test('has samples of both kinds and a near miss', () => {
      const all = cases()
      const hits = all.filter(({ expect: { verdict } }) => /redact|block/.test(verdict))
      const misses = all.filter(({ expect: { verdict } }) => verdict === 'pass')
      const near = all.filter(({ name }) => name.startsWith('near:'))
      if (observes) return
      expect(hits.length, 'positive samples').toBeGreaterThanOrEqual(3)
      expect(misses.length, 'negative samples').toBeGreaterThanOrEqual(3)
      expect(near.length, 'near misses').toBeGreaterThanOrEqual(1)
    })

    test('decides every sample as it says', async () => {
      const results = await runPolicyCases(definition, cases())
      expect(results.filter(({ problems }) => problems.length > 0)).toEqual([])
    })

    test('decides the same twice, for frozen input, and a redacted text needs no further redaction', async () => {
      for (const sample of cases().filter(({ direction }) => direction !== 'response')) {
        const engine = engineOf(definition, sample.options)
        const messages = deepFreeze(structuredClone(messagesOf(sample)))
        const tools = deepFreeze(structuredClone(sample.tools ?? []))
        const first = await engine.evaluateRequest({ messages, tools })
        const second = await engine.evaluateRequest({ messages, tools })
        expect(second.findings, sample.name).toEqual(first.findings)
        if (first.outcome !== 'redact' || second.outcome !== 'redact') continue
        expect(second.messages).toEqual(first.messages)
        const again = await engine.evaluateRequest({ messages: first.messages, tools })
        expect(again.outcome, sample.name).toBe('allow')
      }
    })

    test('tells nothing of what it found', async () => {
      for (const sample of cases()) {
        const messages = messagesOf(sample)
        const tools = sample.tools ?? []
        const decision = await engineOf(definition, sample.options).evaluateRequest({
          messages,
          tools,
        })
        const { event, findings } = decision
        const told = JSON.stringify({
          findings,
          policies: event['policies'],
          param: event['param'],
        })
        for (const text of plantedTexts(decision.findings, messages))
          expect(told, sample.name).not.toContain(text)
      }
    })

    test('takes time that grows with the length, not with its square', async () => {
      const policy = definition.create(defaultsOf(definition.schema))
      if (policy.inspect === undefined) return
      for (const [name, piece] of adversarialPieces) {
        const short = await timeOf(policy, piece.repeat(Math.ceil(20_000 / piece.length)))
        const long = await timeOf(policy, piece.repeat(Math.ceil(200_000 / piece.length)))
        // ten times the text; a square would be a hundred. The floor keeps timer noise out.
        expect(long / Math.max(short, 2), `${name}: ${short} ms, ${long} ms`).toBeLessThan(40)
      }
    })
  },
)

test('every policy that throws becomes a block', async () => {
  for (const definition of builtinPolicies) {
    const real = definition.create(defaultsOf(definition.schema))
    if (real.observes) continue
    const broken: PolicyDefinition = {
      ...definition,
      create: () => ({
        inspect() {
          throw new Error('broken by the test')
        },
      }),
    }
    const decision = await engineOf(broken).evaluateRequest({
      messages: [{ role: 'user', content: 'hello' }],
    })
    expect(decision).toMatchObject({ outcome: 'block', reason: 'policy_failed' })
  }
})

test('the chain of all kinds with their defaults compiles', () => {
  const chain = builtinPolicies.map(({ kind }) => kind)
  const text = JSON.stringify({ pack: { name: 'all', version: '1.0.0' }, policies: { chain } })
  expect(createEngine(parseConfig(text)).policies).toHaveLength(chain.length)
})

const adversarialPieces = [
  ['e-mail heads', 'a@'],
  ['digits', '4'],
  ['digit groups', '555-123-'],
  ['dashes', '-'],
  ['dots', '1.'],
  ['spaces', ' '],
  ['capitalised words', 'John Smith '],
  ['injection words', 'ignore all previous '],
  ['base64 letters', 'aGVsbG8gd29ybGQg'],
  ['hexadecimal', '68656c6c6f'],
  ['invisible characters', 'a\u200b'],
  ['accents', 'e\u0301'],
  ['escapes', '\\u0069'],
  ['tags', '<|im_start|>'],
  ['quotes', '"\'`'],
] as const

/** Milliseconds for one inspection. */
function timeOf(policy: ReturnType<PolicyDefinition['create']>, text: string): Promise<number> {
  const place = { address: 'messages[0].content', role: 'user', field: 'content' } as const
  return workTime(() => policy.inspect?.({ ...place, kind: 'text', text }, 'request'))
}

/** What the findings in plain string contents of messages stand for; short ones occur everywhere. */
function plantedTexts(
  findings: readonly { address: string; start: number; end: number }[],
  messages: readonly { content?: unknown }[],
): string[] {
  return findings.flatMap(({ address, start, end }) => {
    const index = /^messages\[(\d+)\]\.content$/.exec(address)?.[1]
    const content = messages[Number(index ?? -1)]?.content
    const text = typeof content === 'string' ? content.slice(start, end).trim() : ''
    return text.length >= 4 ? [text] : []
  })
}

/** The value that validation fills in, objects inside included. */
function defaultsOf(schema: JsonSchema): Record<string, unknown> {
  const entries = Object.entries(schema.properties ?? {}).flatMap(([key, option]) => {
    if (option.properties !== undefined) return [[key, defaultsOf(option)] as const]
    return 'default' in option ? [[key, option.default] as const] : []
  })
  return Object.fromEntries(entries)
}

function optionsOf(schema: JsonSchema, prefix = ''): [string, JsonSchema, boolean][] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, option]) => {
    const path = `${prefix}${key}`
    const required = schema.required?.includes(key) ?? false
    return [[path, option, required], ...optionsOf(option, `${path}.`)] as [
      string,
      JsonSchema,
      boolean,
    ][]
  })
}

function objectSchemas(schema: JsonSchema, path = 'options'): [string, JsonSchema][] {
  const inner = Object.entries(schema.properties ?? {}).flatMap(([key, option]) =>
    objectSchemas(option, `${path}.${key}`),
  )
  return schema.type === 'object' ? [[path, schema], ...inner] : inner
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) deepFreeze(inner)
    Object.freeze(value)
  }
  return value
}
