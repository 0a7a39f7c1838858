import type { ErrorObject } from 'ajv/dist/2020.js'
import type { ErrorCode } from '../errors/error-codes.ts'
import type { JsonSchema } from '../policies/json-schema.ts'
import type { ConfigIssue } from './config.ts'
import type { ConfigNode } from './config-node.ts'
import { nearestNode, nodeAt } from './config-node.ts'
import { describeSchema } from './describe-schema.ts'
import { describeValue, mayBeSecret } from './describe-value.ts'
import { issueAtKey, issueAtValue } from './issue-at.ts'
import { didYouMean } from './suggest.ts'
import type { ValidationHints } from './validation-hints.ts'

/** Turns one error of the schema validator into a sentence about the place in the file: found, expected, a suggestion. */
export function describeSchemaError(
  error: ErrorObject,
  root: ConfigNode,
  hints: ValidationHints,
): readonly ConfigIssue[] {
  const steps = pointerSteps(error.instancePath)
  const node = nearestNode(root, steps)
  const place: SchemaPlace = { error, node, steps, hints }
  if (error.keyword === 'additionalProperties') return [unknownKey(place)]
  if (error.keyword === 'required') return [missing(place)]
  if (error.keyword === 'uniqueItems') return [repeated(place)]
  return [wrongValue(place)]
}

interface SchemaPlace {
  readonly error: ErrorObject
  readonly node: ConfigNode
  readonly steps: readonly string[]
  readonly hints: ValidationHints
}

/** The keys and indexes of a JSON pointer (RFC 6901). */
export function pointerSteps(pointer: string): readonly string[] {
  const steps = pointer.split('/').slice(1)
  return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function unknownKey({ error, node, steps, hints }: SchemaPlace): ConfigIssue {
  const key = String(error.params['additionalProperty'])
  const named = Object.keys((error.parentSchema as JsonSchema).properties ?? {})
  const spellings = hints.keyAliases.get(steps.join('.')) ?? []
  const allowed = [...new Set([...named, ...spellings])].sort()
  const hint = didYouMean(key, allowed)
  const list =
    allowed.length === 0 ? 'No key is allowed here' : `Allowed here: ${allowed.join(', ')}`
  return issueAtKey(nodeAt(node, [key]) ?? node, {
    code: 'E002',
    message: `"${key}" is not a known key ${under(node)}`,
    suggestion: hint === undefined ? list : `${hint} ${list}`,
  })
}

function under(node: ConfigNode): string {
  return node.path === '' ? 'at the top level' : `in ${node.path}`
}

function missing({ error, node }: SchemaPlace): ConfigIssue {
  const key = String(error.params['missingProperty'])
  const schema = (error.parentSchema as JsonSchema).properties?.[key] ?? {}
  const example = schema.examples?.[0]
  const asIn = example === undefined ? '' : `, as in ${key}: ${String(example)}`
  return issueAtKey(node, {
    code: 'E015',
    message: `"${key}" is missing ${under(node)}`,
    suggestion: missingForms[key] ?? `Add ${key}, ${describeSchema(schema)}${asIn}`,
  })
}

const missingForms: Readonly<Record<string, string>> = {
  pack: 'Add pack: {name: my-policies, version: 1.0.0}',
  policies: 'Add policies: {chain: [prompt-injection, pii-detector, audit-logger]}',
}

function repeated({ error, node }: SchemaPlace): ConfigIssue {
  const [later, earlier] = [error.params['i'], error.params['j']].map(Number).sort((a, b) => b - a)
  const item = nodeAt(node, [String(later)]) ?? node
  return issueAtValue(item, {
    code: 'E016',
    message: `${describeValue(item)} stands already at ${node.path}[${earlier}], expected each item once`,
    suggestion: 'Remove one of the two',
  })
}

function wrongValue(place: SchemaPlace): ConfigIssue {
  const { error, node, steps } = place
  const schema = error.parentSchema as JsonSchema
  const found = `Found ${describeValue(node)}${asWhat(steps)}`
  return issueAtValue(node, {
    code: codeOf(error.keyword, steps),
    message: `${found}, expected ${expectation(error, schema)}`,
    suggestion: suggestion(place),
  })
}

/** ` as version`, ` in chain`: tells two values of the same type apart. */
function asWhat(steps: readonly string[]): string {
  const name = steps.findLast((step) => !isIndex(step))
  if (name === undefined) return ''
  return isIndex(steps.at(-1) ?? '') ? ` in ${name}` : ` as ${name}`
}

function isIndex(step: string): boolean {
  return /^\d+$/.test(step)
}

function codeOf(keyword: string, steps: readonly string[]): ErrorCode {
  if (keyword === 'type') return 'E013'
  return steps.at(-1) === 'env' ? 'E023' : 'E014'
}

function expectation({ keyword, params }: ErrorObject, schema: JsonSchema): string {
  const limit = Number(params['limit'])
  if (keyword === 'minLength')
    return limit === 1 ? 'a text that is not empty' : `at least ${limit} characters`
  if (keyword === 'maxLength') return `at most ${limit} characters`
  if (keyword === 'minItems') return limit === 1 ? 'at least one item' : `at least ${limit} items`
  if (keyword === 'maxItems') return `at most ${limit} items`
  if (keyword === 'pattern') return patternWords(schema)
  return describeSchema(schema)
}

/** A regular expression says less to most people than an example. */
function patternWords({ examples, pattern }: JsonSchema): string {
  const example = examples?.[0]
  return example === undefined ? `a text that matches ${pattern}` : `a text like ${String(example)}`
}

function suggestion({ error, node, steps, hints }: SchemaPlace): string | undefined {
  if (error.keyword === 'enum') {
    return closestValue(error.schema as readonly unknown[], node, aliasesAt(steps, hints))
  }
  if (error.keyword === 'pattern') return patternAdvice(error.parentSchema as JsonSchema)
  return error.keyword === 'type' ? typeAdvice(String(error.schema), node, steps) : undefined
}

function patternAdvice({ description, pattern }: JsonSchema): string {
  return `${description ?? ''} It must match ${pattern}`.trim()
}

function aliasesAt(steps: readonly string[], hints: ValidationHints): readonly string[] {
  const option = steps.filter((step) => !isIndex(step)).join('.')
  return Object.keys(hints.valueAliases[option] ?? {})
}

function closestValue(
  allowed: readonly unknown[],
  node: ConfigNode,
  aliases: readonly string[],
): string | undefined {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return undefined
  return didYouMean(node.value, [...allowed.map(String), ...aliases])
}

/** Keys whose right form is not obvious from a type. */
const forms: Readonly<Record<string, string>> = {
  secret_key_ref: 'Write secret_key_ref: {env: NAME}, with the name of an environment variable',
  base_url: 'Put the URL into quotes, and the real value in the place of a placeholder in braces',
  chain: 'The chain lists names only; settings go under policy: {<kind>: {…}}',
  targets: 'Write "- id: main" and below it "provider: openai:chat:<model>"',
}

function typeAdvice(type: string, node: ConfigNode, steps: readonly string[]): string | undefined {
  const form = forms[steps.findLast((step) => !isIndex(step)) ?? '']
  if (form !== undefined) return form
  if (type === 'object') return 'Write "key: value" lines below the key, without dashes'
  if (type === 'boolean') return 'Write true or false without quotes'
  if (type === 'integer' || type === 'number') return 'Write digits without quotes or units'
  if (node.kind !== 'scalar' || node.value === null || mayBeSecret(node)) return undefined
  if (type === 'string') return `Put it into quotes: "${node.source}"`
  return type === 'array' ? `Write a list, as in [${node.source}]` : undefined
}
