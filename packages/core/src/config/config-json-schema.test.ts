import { readdirSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { builtinPolicies } from '../policies/registry.ts'
import { configJsonSchema } from './config-json-schema.ts'
import { knownUnavailable } from './known-unavailable.ts'

const schema = configJsonSchema(builtinPolicies)
const validate = new Ajv2020({
  strict: true,
  allowUnionTypes: true,
  validateFormats: false,
}).compile(schema)

it('the committed schema is the generated one', async () => {
  const text = `${JSON.stringify(schema, null, 2)}\n`
  await expect(text).toMatchFileSnapshot('../../schema/policy-config.schema.json')
})

const valid = new URL('../../fixtures/configs/', import.meta.url)
const invalid = new URL('../../fixtures/configs-invalid/', import.meta.url)

function load(folder: URL, file: string): unknown {
  return parse(readFileSync(new URL(file, folder), 'utf8'))
}

describe('editors accept what the loader accepts', () => {
  const files = readdirSync(valid).filter((file) => file.endsWith('.yaml'))
  it.each(files)('%s', (file) => {
    expect(validate(load(valid, file)) || validate.errors).toBe(true)
  })
})

it.each(['mlflow', 'databricks', 'openai', 'agents'])('editors accept the template %s', (name) => {
  const folder = new URL(`../../../../apps/cli/templates/${name}/`, import.meta.url)
  expect(validate(load(folder, 'policy-config.yaml')) || validate.errors).toBe(true)
})

describe('editors refuse', () => {
  it.each(['unknown-option.yaml', 'unknown-kind.yaml', 'bad-action.yaml', 'missing-pack.yaml'])(
    '%s',
    (file) => {
      expect(validate(load(invalid, file))).toBe(false)
    },
  )
})

it('does not offer keys that are not available', () => {
  const top = Object.keys(schema.properties ?? {})
  expect(knownUnavailable.filter(({ path }) => top.includes(path))).toEqual([])
})

it('describes every key', () => {
  const bare: string[] = []
  const walk = (part: typeof schema, path: string) => {
    for (const [key, option] of Object.entries(part.properties ?? {})) {
      if (!option.description) bare.push(`${path}.${key}`)
      walk(option, `${path}.${key}`)
    }
  }
  walk(schema, '')
  expect(bare).toEqual([])
})
