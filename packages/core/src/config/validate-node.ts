import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { JsonSchema } from '../policies/json-schema.ts'
import type { ConfigIssue } from './config.ts'
import type { ConfigNode } from './config-node.ts'
import { toPlain } from './config-node.ts'
import { describeSchemaError, pointerSteps } from './describe-schema-error.ts'
import type { ValidationHints } from './validation-hints.ts'

/** The value of a node with the schema's defaults filled in, and every way in which it does not fit. */
export interface Validated {
  readonly values: unknown
  readonly issues: readonly ConfigIssue[]
}

const noHints: ValidationHints = { keyAliases: new Map(), valueAliases: {} }
const compiled = new WeakMap<JsonSchema, ValidateFunction>()
let shared: Ajv2020 | undefined

/** Checks a node against a closed schema. Throws only when the schema itself is not valid JSON Schema 2020-12. */
export function validateNode(
  node: ConfigNode,
  schema: JsonSchema,
  hints: ValidationHints = noHints,
): Validated {
  const { values, errors } = findErrors(node, schema)
  return { values, issues: errors.flatMap((error) => describeSchemaError(error, node, hints)) }
}

/**
 * The node without the parts that do not fit, so that further checks can look at the rest; `null` when nothing fits.
 * Optional parts get their defaults.
 */
export function fittingPart(node: ConfigNode, schema: JsonSchema): ConfigNode | null {
  let rest = node
  // Each round removes what the one before uncovered; three levels are more than any option has.
  for (let round = 0; round < 4; round++) {
    const { errors } = findErrors(rest, schema)
    if (errors.length === 0) return rest
    const places = errors.map(offendingSteps)
    if (places.some((steps) => steps.length === 0)) return null
    rest = removeNodes(rest, places)
  }
  return null
}

function offendingSteps(error: ErrorObject): readonly string[] {
  const steps = pointerSteps(error.instancePath)
  const extra = error.params['additionalProperty']
  return typeof extra === 'string' ? [...steps, extra] : steps
}

function removeNodes(node: ConfigNode, places: readonly (readonly string[])[]): ConfigNode {
  if (node.kind === 'scalar') return node
  const below = (key: string) =>
    places.filter(([first]) => first === key).map((steps) => steps.slice(1))
  const isGone = (key: string) => below(key).some((steps) => steps.length === 0)
  if (node.kind === 'list') {
    const kept = node.items.flatMap((item, index) => {
      return isGone(String(index)) ? [] : [removeNodes(item, below(String(index)))]
    })
    return { ...node, items: kept }
  }
  const kept = [...node.entries].filter(([key]) => !isGone(key))
  return {
    ...node,
    entries: new Map(kept.map(([key, value]) => [key, removeNodes(value, below(key))])),
  }
}

function findErrors(node: ConfigNode, schema: JsonSchema) {
  const validate = compile(schema)
  const values = toPlain(node)
  return { values, errors: validate(values) ? [] : leaves(validate.errors ?? []) }
}

function compile(schema: JsonSchema): ValidateFunction {
  const known = compiled.get(schema)
  if (known !== undefined) return known
  // One for all: each would compile the schema of schemas anew, which takes longer than ours.
  shared ??= new Ajv2020({
    allErrors: true,
    verbose: true,
    useDefaults: true,
    strict: true,
    allowUnionTypes: true,
    logger: false,
  })
  const validate = shared.compile(schema)
  compiled.set(schema, validate)
  return validate
}

/** Without the errors of single branches of a choice: the choice itself is reported, and once per place. */
function leaves(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const choices = errors.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf')
  return errors.filter((error) => {
    return !choices.some((choice) => {
      return choice !== error && error.schemaPath.startsWith(`${choice.schemaPath}/`)
    })
  })
}
