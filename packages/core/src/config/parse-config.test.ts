import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { PolicyDefinition } from '../policies/policy.ts'
import { definePolicy } from '../policies/policy.ts'
import { builtinPolicies } from '../policies/registry.ts'
import { ConfigError } from './config-error.ts'
import { parseConfig } from './parse-config.ts'

function fixture(name: string): string {
  return readFileSync(new URL(`../../fixtures/configs/${name}`, import.meta.url), 'utf8')
}

function errorOf(text: string): ConfigError {
  try {
    parseConfig(text)
  } catch (error) {
    if (error instanceof ConfigError) return error
    throw error
  }
  throw new Error('it was accepted')
}

const start = `
pack: {name: demo, version: 1.0.0}
providers: {targets: [{id: main, provider: "openai:chat:m", base_url: "http://127.0.0.1:5000/v1"}]}
`

describe('the product page', () => {
  it('loads its first configuration word for word', () => {
    const config = parseConfig(fixture('mlflow.yaml'))
    expect(config.pack).toEqual({ name: 'mlflow-governance', version: '1.0.0', enabled: true })
    expect(config.targets).toMatchObject([
      {
        id: 'mlflow-chat',
        provider: 'openai',
        mode: 'chat',
        model: 'my-mlflow-model',
        base_url: 'http://mlflow-server:5000/v1',
        secret_env: 'MLFLOW_TRACKING_TOKEN',
        position: { file: 'policy-config.yaml', line: 8, column: 17 },
      },
    ])
    expect(config.chain.map(({ kind }) => kind)).toEqual([
      'prompt-injection',
      'pii-detector',
      'audit-logger',
    ])
    expect(config.chain[0]?.options).toMatchObject({
      detection: { embedding_threshold: 0.8 },
      response: { action: 'block' },
    })
    expect(config.chain[1]?.options['entities']).toEqual([
      'PERSON',
      'EMAIL_ADDRESS',
      'PHONE_NUMBER',
      'US_SSN',
    ])
    expect(config.chain[2]?.options).toEqual({
      immutable: true,
      retention_days: 365,
      hipaa_audit_controls: false,
      log_all_access: true,
    })
    expect(config.warnings).toEqual([])
  })

  it('loads the same settings nested under policies, with the same hash', () => {
    const nested = parseConfig(fixture('nested-policy.yaml'))
    expect(nested.hash).toBe(parseConfig(fixture('mlflow.yaml')).hash)
  })

  it('accepts short and long spellings as the same configuration', () => {
    const short = parseConfig(fixture('short-spellings.yaml'))
    expect(short.canonical).toBe(parseConfig(fixture('long-spellings.yaml')).canonical)
  })
})

describe('defaults', () => {
  const config = parseConfig(fixture('no-settings.yaml'))

  it('runs a kind without a block with its defaults and says so', () => {
    expect(config.warnings.map(({ code, path }) => [code, path])).toEqual([
      ['E003', 'policies.chain[0]'],
      ['E003', 'policies.chain[1]'],
      ['E003', 'policies.chain[2]'],
    ])
  })

  it('uses the public API and its own variable for openai without an address', () => {
    expect(config.targets[0]).toMatchObject({ model: 'gpt-4o-mini', secret_env: 'OPENAI_API_KEY' })
    expect(config.targets[0]).not.toHaveProperty('base_url')
  })

  it('never sends the key of the public API to an address from the file', () => {
    expect(parseConfig(`${start}policies: {chain: []}`).targets[0]).not.toHaveProperty('secret_env')
  })

  it('fills in what decisions fix', () => {
    expect(config).toMatchObject({
      enforcement: {
        block_status: 409,
        on_unscannable: { token_array: 'block', stored_context: 'block', media: 'allow' },
      },
      access: { require_key: false, trust_headers_from: ['127.0.0.0/8', '::1'] },
      audit_store: { kind: 'sqlite', on_failure: 'closed' },
      size_limits: { max_body_bytes: 10 * 1024 * 1024 },
    })
    expect(config.targets[0]?.timeouts).toEqual({
      connect_ms: 5000,
      first_byte_ms: 600_000,
      idle_ms: 300_000,
    })
  })
})

describe('settings of this version', () => {
  it('reads every key', () => {
    const { hash, canonical, files, chain, ...config } = parseConfig(fixture('every-key.yaml'))
    expect(config).toMatchSnapshot()
    expect(chain.map(({ kind, mode, apply_to }) => [kind, mode, apply_to])).toEqual([
      ['prompt-injection', 'monitor', 'input'],
      ['pii-detector', 'enforce', 'output'],
      ['audit-logger', 'enforce', 'both'],
    ])
  })

  it('leaves out callbacks that are only known by name, with a warning', () => {
    const text = `${fixture('no-settings.yaml')}
callbacks:
  - { type: langfuse, host: "https://langfuse.example.com" }
  - { type: mlflow, tracking_uri: "http://mlflow:5000" }
`
    const { callbacks, warnings } = parseConfig(text)
    expect(callbacks.map(({ tracking_uri }) => tracking_uri)).toEqual(['http://mlflow:5000'])
    expect(warnings.map(({ code, message }) => `${code} ${message}`)).toContainEqual(
      expect.stringMatching(/^E011 Callback type "langfuse" is known/),
    )
  })

  it('warns of a client secret that goes to an http:// address in the open', () => {
    const url = 'https://adb-1234567890123456.7.azuredatabricks.net'
    const warningsFor = (address: string) =>
      parseConfig(fixture('databricks-oauth.yaml').replace(url, address)).warnings
    expect(warningsFor(`${url.replace('https', 'http')}/x`)).toMatchObject([{ code: 'E027' }])
    expect(warningsFor(`${url}/x`)).toEqual([])
  })

  it('completes the address of a Databricks workspace, with a warning that has the line to write', () => {
    const { targets, warnings } = parseConfig(fixture('databricks-oauth.yaml'))
    expect(targets[0]).toMatchObject({
      base_url: 'https://adb-1234567890123456.7.azuredatabricks.net/serving-endpoints',
      auth: {
        type: 'oauth_m2m',
        client_id_env: 'DATABRICKS_CLIENT_ID',
        client_secret_env: 'DATABRICKS_CLIENT_SECRET',
        token_url: 'https://adb-1234567890123456.7.azuredatabricks.net/oidc/v1/token',
        scope: 'all-apis',
      },
    })
    expect(warnings).toMatchObject([
      { code: 'E026', suggestion: expect.stringContaining('/serving-endpoints') },
    ])
  })

  it('turns action: log into mode: monitor', () => {
    const { chain, enforcement } = parseConfig(fixture('monitor.yaml'))
    expect(chain.map(({ mode }) => mode)).toEqual(['monitor', 'monitor'])
    expect(chain[0]?.options).toMatchObject({ response: { action: 'block' } })
    expect(enforcement.on_unscannable.media).toBe('allow')
  })

  it('takes sections with nothing in them as absent', () => {
    const text = `${start}policies: {chain: [audit-logger]}\npolicy:\naccess:\nenforcement: ~\n`
    expect(parseConfig(text).access.require_key).toBe(false)
  })

  it('sends the bare secret in another header unless a prefix is given', () => {
    const target =
      '{id: a, provider: "openai:chat:m", base_url: "http://h", api_key_header: api-key}'
    const [first] = parseConfig(
      `pack: {name: a, version: 1.0.0}\nproviders: {targets: [${target}]}\npolicies: {chain: []}`,
    ).targets
    expect(first?.api_key_prefix).toBe('')
  })

  it.each([
    'pack: {name: demo, version: 1.0.0, enabled: false}\npolicies: {chain: [audit-logger]}\npolicy: {audit-logger: {}}',
    `${start}policies: {chain: []}`,
    `${start}policies: {chain: [audit-logger]}\npolicy: {audit-logger: {}, pii-detector: {}}`,
    `${start}policies: {chain: [audit-logger]}\npolicy: {audit-logger: {}, safety-filter: {mode: automotive}}`,
    `${start}policies: {chain: [audit-logger]}\npolicy: {audit-logger: {hipaa_audit_controls: true}}`,
    `${start}policies: {chain: [audit-logger]}\npolicy: {audit-logger: {}}\ntesting: {plugins: [a], suites: [{name: a, assertions: [{type: b}], cases: [{name: c, input: {messages: [{role: user, content: d}], team_slugs: [e]}, expected: {verdict: allow}}]}]}`,
    `${start}policies: {chain: [audit-logger]}\npolicy: {audit-logger: {}}\ncache: {enabled: true}`,
    `${start}policies: {chain: [audit-logger]}\npolicy: {audit-logger: {}}\ncors: {enabled: false}`,
  ])('warns about what has no effect, and loads it: %#', (text) => {
    const { warnings } = parseConfig(text)
    expect(warnings.length).toBeGreaterThan(0)
    expect(warnings.map(({ code, path, message }) => ({ code, path, message }))).toMatchSnapshot()
  })

  it('takes two targets that serve one model, and says whether the second one is tried', () => {
    const text = start.replace('[{', '[{id: old, provider: "openai:chat:m"}, {')
    const rest = 'policies: {chain: [audit-logger]}\npolicy: {audit-logger: {}}'
    const config = parseConfig(`${text}${rest}`)
    expect(config).toMatchObject({ warnings: [], strategy: 'ordered' })
    const single = text.replace('{targets', '{strategy: single, targets')
    expect(parseConfig(`${single}${rest}`)).toMatchObject({ warnings: [], strategy: 'single' })
  })
})

describe('errors', () => {
  it('lists all problems at once, in file order, with place and remedy', () => {
    const error = errorOf(`pack: {name: demo}
policies: {chain: [pii-detector, nonsense]}
policy:
  pii-detector: {acton: redact, entities: [EMIAL]}
`)
    expect(error.code).toBe('config-invalid')
    const places = error.issues
      .filter(({ severity }) => severity === 'error')
      .map(({ code, position }) => `${code} ${position.line}:${position.column}`)
    expect(places).toEqual(['E015 1:1', 'E001 2:34', 'E002 4:18', 'E014 4:44'])
    expect(error.message).toContain('policy-config.yaml:4:18  policy.pii-detector.acton')
    expect(error.message).toContain('Did you mean "action"?')
    expect(error.message).toContain('docs/reference/errors.md#e002')
  })

  it('refuses every known kind that is not built, also when it has no settings', () => {
    const error = errorOf(`${start}policies: {chain: [bot-detector, safety-filter, bias-monitor]}`)
    expect(error.issues.map(({ code }) => code)).toEqual(['E011', 'E011', 'E011'])
  })
})

describe('policies of others', () => {
  const mine: PolicyDefinition = definePolicy({
    kind: 'word-limit',
    summary: 'Refuses long texts.',
    directions: ['request', 'response'],
    reasonCode: 'too_long',
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['words'],
      properties: {
        words: { type: 'integer', minimum: 1, description: 'Most words.' },
        unit: {
          type: 'string',
          enum: ['WORD', 'LETTER'],
          default: 'WORD',
          description: 'What counts.',
        },
      },
    },
    spellings: [['max', 'words']],
    valueAliases: { unit: { w: 'WORD' } },
    create: () => ({ inspect: () => [] }),
  })
  const policies = [...builtinPolicies, mine]
  const lint = (block: string) => {
    const text = `${start}policies: {chain: [word-limit]}\npolicy: {word-limit: ${block}}`
    return parseConfig(text, { policies }).chain[0]
  }

  it('are validated by their own schema, spellings and aliases', () => {
    expect(lint('{max: 7, unit: w, mode: monitor}')).toMatchObject({
      options: { words: 7, unit: 'WORD' },
      mode: 'monitor',
    })
    expect(() => lint('{}')).toThrow('"words" is missing')
    expect(() => lint('{words: 1, unit: x}')).toThrow('expected one of WORD, LETTER')
  })

  it('take the place of a kind that is only known by name', () => {
    const rbac = { ...mine, kind: 'rbac' }
    const text = `${start}policies: {chain: [rbac]}\npolicy: {rbac: {words: 1}}`
    expect(parseConfig(text, { policies: [rbac] }).chain[0]?.definition).toBe(rbac)
  })
})

it('is read-only to the last level', () => {
  const config = parseConfig(fixture('mlflow.yaml'))
  expect(Object.isFrozen(config.targets[0]?.timeouts)).toBe(true)
  expect(Object.isFrozen(config.chain[1]?.options['entities'])).toBe(true)
})
