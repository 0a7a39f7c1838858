import { JsonSyntaxError } from '../../json/json-syntax-error.ts'
import { scanJson } from '../../json/scan-json.ts'
import { namedTool } from '../plain-name.ts'
import type { Policy, Refusal, ToolUse } from '../policy.ts'
import { definePolicy } from '../policy.ts'
import type { ArgumentCheck } from './compile-schema.ts'
import { compileSchema } from './compile-schema.ts'
import { findOptionProblems } from './option-problems.ts'
import type { ValidationOptions } from './options.ts'
import { schema } from './schema.ts'

/** Lets only declared tools be offered and called, with arguments that fit their schema. */
export const toolValidation = definePolicy<ValidationOptions>({
  kind: 'tool-validation',
  summary: 'Lets only declared tools be called, with arguments that fit their schema.',
  directions: ['request', 'response'],
  reasonCode: 'tool_call_invalid',
  schema,
  check: findOptionProblems,
  create,
})

function create(options: ValidationOptions): Policy {
  const declared = new Set(options.declared_tools)
  const isOpen = declared.size === 0 || options.allow_undeclared
  const checks = new Map(
    Object.entries(options.schemas).map(
      ([tool, one]) => [tool, compileSchema(one as object)] as const,
    ),
  )
  return {
    judgeTool: (tool) => {
      if (!isOpen && !declared.has(tool.name)) return undeclared(tool)
      const check = checks.get(tool.name)
      // What was called before has happened: refusing it would end the conversation for good.
      return check !== undefined && tool.use === 'called' ? judgeArguments(tool, check) : null
    },
  }
}

function undeclared({ name }: ToolUse): Refusal {
  return {
    reason: 'tool_not_declared',
    message: `The configuration does not declare ${namedTool(name)}`,
  }
}

function judgeArguments(tool: ToolUse, check: ArgumentCheck): Refusal | null {
  const text = tool.arguments ?? ''
  const value = parse(text.trim() === '' ? '{}' : text)
  if (value === undefined)
    return { message: `The arguments of ${namedTool(tool.name)} are no JSON text` }
  const misfit = check(value)
  if (misfit === null) return null
  const place = misfit.place === '' ? '' : ` at ${misfit.place}`
  return {
    message: `The arguments of ${namedTool(tool.name)} do not fit its schema${place} (${misfit.keyword})`,
  }
}

/** `undefined` for what is no JSON, or JSON that programs read differently: a key that stands twice. */
function parse(text: string): unknown {
  try {
    scanJson(text)
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof JsonSyntaxError) return undefined
    throw error
  }
}
