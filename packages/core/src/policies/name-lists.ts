import type { OptionProblem } from './policy.ts'

/** Schema of an option that lists names of tools or models, in which `*` may stand for any characters. */
export const nameList = (initial: readonly string[], description: string) =>
  ({
    type: 'array',
    items: { type: 'string', minLength: 1, maxLength: 200 },
    maxItems: 500,
    default: initial,
    description,
  }) as const

/** Names that stand in both lists, at `path`, the place of the denied ones: a warning each. */
export function inBoth(
  allowed: readonly string[],
  denied: readonly string[],
  path: string,
): OptionProblem[] {
  return denied.flatMap((name, index) =>
    allowed.includes(name)
      ? [
          {
            path: `${path}[${index}]`,
            message: `${JSON.stringify(name)} is both allowed and denied: denied counts`,
            suggestion: 'Remove it from one of the two lists',
            severity: 'warning' as const,
          },
        ]
      : [],
  )
}
