/** Something in a schema that it may not have; `path` is dotted, inside the schema. */
export interface SchemaProblem {
  readonly path: string
  readonly message: string
  readonly suggestion: string
  readonly severity?: 'warning'
}

/** Values in a schema, each counted as often as references lead to it: what one argument may cost. */
const mostValues = 10_000
const deepest = 32
/** Comparing each item with each other one takes time that grows with the square of their number. */
const mostUnique = 1000

/** What keeps a schema from being checked in bounded time, or is not checked at all. */
export function findUnbounded(schema: unknown): readonly SchemaProblem[] {
  const problems: SchemaProblem[] = []
  inspect(schema, '', 0)
  if (problems.some(({ severity }) => severity === undefined)) return problems
  return countValues(schema) > mostValues ? [...problems, tooLarge] : problems

  function inspect(node: unknown, path: string, depth: number): void {
    if (typeof node !== 'object' || node === null) return
    if (depth > deepest) {
      noteDeep()
      return
    }
    for (const [key, value] of Object.entries(node)) {
      const at = path === '' ? key : `${path}.${key}`
      const problem = problemOf(key, value, node)
      if (problem !== null) problems.push({ path: at, ...problem })
      inspect(value, at, depth + 1)
    }
  }

  function noteDeep(): void {
    if (!problems.includes(tooDeep)) problems.push(tooDeep)
  }
}

function problemOf(key: string, value: unknown, node: object): Omit<SchemaProblem, 'path'> | null {
  if (key === '$ref' && typeof value === 'string' && !/^#(?:\/|$)/.test(value))
    return {
      message: 'This reference leads out of the schema, or to an anchor',
      suggestion: 'Refer to a place in the same schema, as in "#/$defs/address"',
    }
  if (unresolved.has(key) && typeof value === 'string')
    return { message: `${key} is not supported`, suggestion: 'Use $ref with a place in the schema' }
  if (key === 'uniqueItems' && value === true && !(mostOf(node) <= mostUnique))
    return {
      message: 'uniqueItems takes too long for long lists',
      suggestion: `Write maxItems: ${mostUnique} or less beside it`,
    }
  if (key === 'format' && typeof value === 'string')
    return {
      message: 'format is not checked',
      suggestion: 'Use pattern',
      severity: 'warning',
    }
  return null
}

const unresolved = new Set(['$dynamicRef', '$recursiveRef', '$id'])

function mostOf(node: object): number {
  const most = 'maxItems' in node ? node.maxItems : null
  return typeof most === 'number' ? most : Number.POSITIVE_INFINITY
}

/** Values with every reference followed; stops counting beyond the limit, so a circle ends. */
function countValues(root: unknown): number {
  let count = 0
  const open: unknown[] = [root]
  while (open.length > 0 && count <= mostValues) {
    const node = open.pop()
    count += 1
    if (typeof node !== 'object' || node === null) continue
    for (const [key, value] of Object.entries(node)) {
      const isReference = key === '$ref' && typeof value === 'string'
      open.push(isReference ? resolve(root, value) : value)
    }
  }
  return count
}

/** RFC 6901 §4, §6. */
function resolve(root: unknown, reference: string): unknown {
  let node = root
  for (const step of reference.slice(1).split('/').slice(1)) {
    const key = decoded(step).replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof node !== 'object' || node === null) return null
    node = Object.entries(node).find(([name]) => name === key)?.[1]
  }
  return node
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step)
  } catch {
    return step
  }
}

const tooDeep: SchemaProblem = {
  path: '',
  message: `The schema is nested deeper than ${deepest} levels`,
  suggestion: 'Make it flatter',
}
const tooLarge: SchemaProblem = {
  path: '',
  message: `The schema has more than ${mostValues} values, or a reference that goes round in a circle`,
  suggestion: 'Make it smaller, and describe what repeats without a circle',
}
