import type { JsonNode } from '../json/json-node.ts'
import type { KeyTable, Visit, Walk } from './walk.ts'
import { asIdentifier, asText, walkItems, walkObject } from './walk.ts'

const names = (...keys: readonly string[]) => keys

/** Keywords of tool definitions and JSON Schema 2020-12 whose strings steer programs: never edited. */
const identifierKeywords = names(
  ...['type', 'name', 'format', 'pattern', 'enum', 'const', 'default', 'required', 'strict'],
  ...['syntax', 'propertyName', 'contentEncoding', 'contentMediaType', 'dependentRequired'],
  ...['server_label', 'server_url', 'connector_id', 'vector_store_ids', 'container'],
  ...['allowed_tools', 'require_approval'],
  ...['$ref', '$id', '$schema', '$anchor', '$dynamicRef', '$dynamicAnchor', '$vocabulary'],
)

/** Keywords that hold further definitions. */
const nestedKeywords = names(
  ...[
    'function',
    'custom',
    'parameters',
    'json_schema',
    'schema',
    'grammar',
    'additionalProperties',
  ],
  ...['items', 'prefixItems', 'contains', 'not', 'if', 'then', 'else', 'allOf', 'anyOf', 'oneOf'],
  ...['propertyNames', 'unevaluatedItems', 'unevaluatedProperties', 'input_schema'],
)

/** Keywords under which every key is a name made up by the definition's author. */
const mapKeywords = names(
  ...['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'],
)

/** Keywords whose strings are read by the model as prose. */
const textKeywords = names('description', 'title', '$comment', 'examples', 'definition')

/** Reads a tool definition, a function definition or a JSON Schema: prose is text, all else identifiers. */
export const walkDefinition: Visit = (walk, node) => {
  if (node.kind === 'array') walkItems(walk, node, walkDefinition)
  else if (node.kind === 'object')
    walkObject(walk, node, { table: keywords, other: walkDefinition })
  else asText('tool_definition')(walk, node)
}

function walkNamedDefinitions(walk: Walk, node: JsonNode): void {
  if (node.kind === 'object') walkObject(walk, node, { table: noKeywords, other: walkDefinition })
  else walkDefinition(walk, node)
}

const noKeywords: KeyTable = new Map()
const keywords: KeyTable = new Map<string, Visit>([
  ...identifierKeywords.map((key) => [key, asIdentifier] as const),
  ...nestedKeywords.map((key) => [key, walkDefinition] as const),
  ...mapKeywords.map((key) => [key, walkNamedDefinitions] as const),
  ...textKeywords.map((key) => [key, asText('tool_definition')] as const),
])
