import type { OptionProblem } from '../policy.ts'
import { compileSchema } from './compile-schema.ts'
import type { ValidationOptions } from './options.ts'
import { findUnbounded } from './schema-bounds.ts'

/** What the schema of the options cannot say: schemas that cannot be used, and what this version does not do. */
export function findOptionProblems(options: ValidationOptions): OptionProblem[] {
  const { schemas, declared_tools: declared, semantic_validation: semantic } = options
  const found = Object.entries(schemas).flatMap(([tool, schema]) => [
    ...problemsOf(`schemas.${tool}`, schema),
    ...(declared.length === 0 || declared.includes(tool) || options.allow_undeclared
      ? []
      : [notDeclared(tool)]),
  ])
  return [...found, ...(semantic.enabled ? [notAvailable] : [])]
}

function problemsOf(path: string, schema: unknown): OptionProblem[] {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema))
    return [
      {
        path,
        message: 'This is no schema: it must be a mapping',
        suggestion: 'Write a JSON Schema, as in {type: object, required: [path]}',
      },
    ]
  const unbounded = findUnbounded(schema).map((problem) => ({
    ...problem,
    path: problem.path === '' ? path : `${path}.${problem.path}`,
  }))
  if (unbounded.some(({ severity }) => severity === undefined)) return unbounded
  try {
    compileSchema(schema)
    return unbounded
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return [
      ...unbounded,
      {
        path,
        message: `This is no schema that can be used: ${reason.slice(0, 300)}`,
        suggestion: 'Correct it; it is JSON Schema 2020-12, with patterns in the syntax of RE2',
      },
    ]
  }
}

function notDeclared(tool: string): OptionProblem {
  return {
    path: `schemas.${tool}`,
    message: `declared_tools does not name ${JSON.stringify(tool)}: it is refused before its schema counts`,
    suggestion: 'Add the tool to declared_tools, or remove its schema',
    severity: 'warning',
  }
}

const notAvailable: OptionProblem = {
  path: 'semantic_validation',
  code: 'E011',
  message:
    'semantic_validation is known, but not available in this version: no model would be asked about calls',
  suggestion: 'Write semantic_validation: {enabled: false}, or remove it',
}
