import type { PolicyDefinition } from '@keeptrusts/core'
import { compilePolicy, isCompiled } from '../compiled-policy.ts'

/** The types of `wanted` that the policy can look for: its own name of each, by the name in the rows. */
export function supportedEntities(
  definition: PolicyDefinition,
  wanted: readonly string[],
): ReadonlyMap<string, string> {
  return new Map(
    wanted.flatMap((type) => {
      const compiled = compilePolicy(definition, { entities: [type] })
      if (!isCompiled(compiled)) return []
      const { entities } = compiled.options
      const [own] = Array.isArray(entities) ? entities : []
      return [[type, typeof own === 'string' ? own : type] as const]
    }),
  )
}
