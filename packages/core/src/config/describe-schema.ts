import type { JsonSchema } from '../policies/json-schema.ts'

const nouns: Readonly<Record<string, string>> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  null: 'nothing',
}

/** What a schema asks for, as the object of "expected …". */
export function describeSchema(schema: JsonSchema): string {
  if (schema.enum !== undefined) return `one of ${schema.enum.map(String).join(', ')}`
  if (schema.const !== undefined) return String(schema.const)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return choices.map(describeSchema).join(', or ')
  const types = schema.type === undefined ? [] : [schema.type].flat()
  const noun = types.map((type) => nouns[type] ?? type).join(' or ') || 'another value'
  return `${noun}${range(schema)}${contents(schema)}`
}

function range({ minimum, maximum }: JsonSchema): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`
  if (minimum !== undefined) return ` of at least ${minimum}`
  return maximum === undefined ? '' : ` of at most ${maximum}`
}

function contents({ items, type }: JsonSchema): string {
  if (type !== 'array' || items === undefined) return ''
  if (items.enum !== undefined) return ` of ${items.enum.map(String).join(', ')}`
  return items.type === 'string' ? ' of texts' : ''
}
