import type { JsonSchema } from '../policies/json-schema.ts'
import type { PolicyDefinition } from '../policies/policy.ts'
import { configSchema } from './config-schema.ts'
import { optionSchema } from './option-schema.ts'

type Properties = Readonly<Record<string, JsonSchema>>

/**
 * The JSON Schema (2020-12) with which editors complete and check `policy-config.yaml`: the same source as the
 * loader's, plus every other accepted spelling. Keys that this version only knows by name are left out.
 */
export function configJsonSchema(policies: readonly PolicyDefinition[]): JsonSchema {
  const { policies: chain, enforcement, access, ...others } = configSchema.properties
  const policy = policySchema(policies)
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'policy-config.yaml of Keeptrusts',
    ...configSchema,
    properties: {
      ...others,
      policies: {
        ...chain,
        properties: {
          chain: { ...chain.properties.chain, items: kindSchema(policies) },
          policy: { ...policy, description: 'The same as `policy` at the top level.' },
        },
      },
      policy,
      enforcement: withSingleAnswer(enforcement),
      access: withSingleAudience(access),
    },
  } as JsonSchema
}

function kindSchema(policies: readonly PolicyDefinition[]): JsonSchema {
  const choices = policies.map(({ kind, summary }) => ({ const: kind, description: summary }))
  return choices.length === 0 ? { type: 'string' } : { type: 'string', oneOf: choices }
}

function policySchema(policies: readonly PolicyDefinition[]): JsonSchema {
  const blocks = policies.map((definition) => [definition.kind, blockSchema(definition)] as const)
  return {
    type: 'object',
    description: configSchema.properties.policy.description,
    additionalProperties: false,
    properties: Object.fromEntries(blocks),
  }
}

function blockSchema(definition: PolicyDefinition): JsonSchema {
  let schema = withActions(optionSchema(definition))
  for (const [path, aliases] of Object.entries(definition.valueAliases ?? {})) {
    schema = change(schema, path.split('.'), (option) => withValues(option, Object.keys(aliases)))
  }
  for (const [alias, canonical] of definition.spellings ?? []) {
    const option = find(schema, canonical.split('.'))
    const note = `Short for \`${canonical}\`. ${option?.description ?? ''}`.trim()
    if (option !== null) schema = add(schema, alias.split('.'), { ...option, description: note })
  }
  const allowNothing = { ...schema, type: ['object', 'null'], description: definition.summary }
  return withoutRequired(allowNothing)
}

/** A spelling may stand for a required option, which this schema cannot say simply; the loader does. */
function withoutRequired({ required: _, ...schema }: JsonSchema): JsonSchema {
  return schema
}

/** `action: log` is folded to `mode: monitor`; `escalate` is not available. */
function withActions(schema: JsonSchema): JsonSchema {
  const actions = [['action'], ['response', 'action']]
  return actions.reduce((before, path) => {
    return change(before, path, (option) => {
      if (option.enum === undefined) return option
      const values = option.enum.filter((value) => value !== 'escalate' && value !== 'log')
      return { ...option, enum: [...values, 'log'] }
    })
  }, schema)
}

function withValues(option: JsonSchema, values: readonly string[]): JsonSchema {
  if (option.items !== undefined) return { ...option, items: withValues(option.items, values) }
  if (option.enum !== undefined) return { ...option, enum: [...option.enum, ...values] }
  return { ...option, examples: [...(option.examples ?? []), ...values] }
}

function withSingleAnswer(enforcement: JsonSchema): JsonSchema {
  return change(enforcement, ['on_unscannable'], ({ description = '', ...option }) => ({
    description,
    anyOf: [{ type: 'string', enum: ['allow', 'block'] }, option],
  }))
}

function withSingleAudience(access: JsonSchema): JsonSchema {
  return change(access, ['jwt', 'audience'], ({ description = '', ...option }) => ({
    description,
    anyOf: [{ type: 'string', minLength: 1 }, option],
  }))
}

function find(schema: JsonSchema, steps: readonly string[]): JsonSchema | null {
  let found: JsonSchema | undefined = schema
  for (const step of steps) found = found?.properties?.[step]
  return found ?? null
}

/** The schema with the option at a path changed, when there is one. */
function change(
  schema: JsonSchema,
  [step = '', ...rest]: readonly string[],
  edit: (option: JsonSchema) => JsonSchema,
): JsonSchema {
  const option = schema.properties?.[step]
  if (option === undefined) return schema
  const edited = rest.length === 0 ? edit(option) : change(option, rest, edit)
  return { ...schema, properties: { ...schema.properties, [step]: edited } }
}

function add(
  schema: JsonSchema,
  [step = '', ...rest]: readonly string[],
  option: JsonSchema,
): JsonSchema {
  const properties: Properties = schema.properties ?? {}
  const inner = properties[step] ?? { type: 'object', additionalProperties: false }
  return {
    ...schema,
    properties: { ...properties, [step]: rest.length === 0 ? option : add(inner, rest, option) },
  }
}
