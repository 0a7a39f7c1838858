import type { Direction, Match, Policy, PolicyDefinition } from '@keeptrusts/core'
import { lintConfig } from '@keeptrusts/core'

/** A policy as a configuration would make it. */
export interface CompiledPolicy {
  readonly options: Readonly<Record<string, unknown>>
  /** Everything found in a text of a request. */
  readonly inspect: (text: string, role?: string) => readonly Match[]
}

/** Compiles a policy with options as in a file (defaults and other spellings apply); problems as sentences when the policy has none such. */
export function compilePolicy(
  definition: PolicyDefinition,
  options: Readonly<Record<string, unknown>>,
): CompiledPolicy | readonly string[] {
  const text = JSON.stringify({
    pack: { name: 'evaluation', version: '1.0.0' },
    policies: { chain: [definition.kind] },
    policy: { [definition.kind]: options },
  })
  const { config, issues } = lintConfig(text, { policies: [definition] })
  const chained = config?.chain[0]
  if (chained === undefined) return issues.map(({ message }) => message)
  const policy = definition.create(chained.options)
  return {
    options: chained.options,
    inspect: (text, role = 'user') => finish(policy, segmentOf(text, role), 'request'),
  }
}

/** True for a compiled policy, false for a list of problems. */
export function isCompiled(result: CompiledPolicy | readonly string[]): result is CompiledPolicy {
  return 'inspect' in result
}

/** Compiles a policy that must compile. */
export function mustCompile(
  definition: PolicyDefinition,
  options: Readonly<Record<string, unknown>>,
): CompiledPolicy {
  const result = compilePolicy(definition, options)
  if (isCompiled(result)) return result
  throw new Error(`${definition.kind}: ${result.join('; ')}`)
}

function segmentOf(text: string, role: string) {
  return { address: 'messages[0].content', role, field: 'content', kind: 'text', text } as const
}

function finish(
  policy: Policy,
  segment: ReturnType<typeof segmentOf>,
  direction: Direction,
): readonly Match[] {
  const steps = policy.inspectInSteps?.(segment, direction)
  if (steps === undefined) return policy.inspect?.(segment, direction) ?? []
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}
