import type { JsonSchema } from '../policies/json-schema.ts'
import type { PolicyDefinition } from '../policies/policy.ts'
import type { ValidationHints } from './validation-hints.ts'

const placement = {
  mode: {
    type: 'string',
    enum: ['enforce', 'monitor'],
    default: 'enforce',
    description: '`monitor` records what the policy would have done and changes nothing.',
  },
  apply_to: {
    type: 'string',
    enum: ['input', 'output', 'both'],
    default: 'both',
    description: 'Whether the policy reads requests, answers or both.',
  },
} as const

/** False for `audit-logger`, which has only the product's options (decision C11): a log that is only monitored, or only half kept, is none. */
export function hasPlacement({ kind }: PolicyDefinition): boolean {
  return kind !== 'audit-logger'
}

const schemas = new WeakMap<PolicyDefinition, JsonSchema>()

/** The schema of a policy's block: its own options plus `mode` and `apply_to`. The same object each time, so that it compiles once. */
export function optionSchema(definition: PolicyDefinition): JsonSchema {
  const known = schemas.get(definition)
  if (known !== undefined) return known
  const own = definition.schema
  const schema = hasPlacement(definition)
    ? { ...own, properties: { ...own.properties, ...placement } }
    : own
  schemas.set(definition, schema)
  return schema
}

/** Other spellings of a policy's options and values, for suggestions. */
export function optionHints(definition: PolicyDefinition): ValidationHints {
  const keyAliases = new Map<string, string[]>()
  for (const [alias] of definition.spellings ?? []) {
    const steps = alias.split('.')
    const parent = steps.slice(0, -1).join('.')
    keyAliases.set(parent, [...(keyAliases.get(parent) ?? []), steps.at(-1) ?? alias])
  }
  return { keyAliases, valueAliases: definition.valueAliases ?? {} }
}
