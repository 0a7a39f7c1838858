import type { ErrorObject } from 'ajv/dist/2020.js'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { RE2JS } from 're2js'

/** How arguments do not fit: no value of theirs is in it. */
interface Misfit {
  /** Place in the arguments, as in `filters[0].name`; keys that the schema does not name are `*`; empty for the whole. */
  readonly place: string
  /** The keyword of JSON Schema that says no. */
  readonly keyword: string
}

/** Checks the arguments of a call, which are JSON values. */
export type ArgumentCheck = (value: unknown) => Misfit | null

/**
 * Compiles a schema of JSON Schema 2020-12 with patterns that match in linear time (decision W8).
 * @throws Error for a schema that is none, or has a pattern that RE2 does not take
 */
export function compileSchema(schema: object): ArgumentCheck {
  const ajv = new Ajv2020({
    ...{ strict: false, logger: false, validateFormats: false, addUsedSchema: false },
    ...{ ownProperties: true, code: { regExp: linearPattern } },
  })
  const validate = ajv.compile(schema)
  const names = namesIn(schema)
  return (value) => {
    if (validate(value)) return null
    const [error] = validate.errors ?? []
    return error === undefined ? { place: '', keyword: 'false' } : misfitOf(error, names)
  }
}

const linearPattern = Object.assign(
  (pattern: string) => {
    const compiled = RE2JS.compile(pattern)
    // Ajv takes what prints alike for the same pattern.
    const print = () => pattern
    return { test: (text: string) => compiled.matcher(text).find(), toString: print }
  },
  // Only for schemas that are compiled into files, which these never are.
  { code: 'linearPattern' },
)

function misfitOf({ instancePath, keyword }: ErrorObject, names: ReadonlySet<string>): Misfit {
  const steps = instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  const shown = steps.map((step) => {
    if (/^\d+$/.test(step)) return `[${step}]`
    return names.has(step) && /^[\w-]{1,64}$/.test(step) ? `.${step}` : '.*'
  })
  return { place: shown.join('').replace(/^\./, ''), keyword }
}

/** The names of properties that a schema gives. */
function namesIn(schema: unknown): ReadonlySet<string> {
  const names = new Set<string>()
  const open = [schema]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!isObject(node)) continue
    if ('properties' in node && isObject(node.properties))
      for (const name of Object.keys(node.properties)) names.add(name)
    open.push(...Object.values(node).filter(isObject))
  }
  return names
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
