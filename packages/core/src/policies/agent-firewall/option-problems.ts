import { inBoth } from '../name-lists.ts'
import type { OptionProblem } from '../policy.ts'
import type { FirewallOptions } from './options.ts'

/** What the schema cannot say: the two formats at once, and lists that contradict each other. */
export function findOptionProblems({ tools }: FirewallOptions): OptionProblem[] {
  const { allowed, denied, roles } = tools
  const isForAll = denied.length > 0 || allowed.length !== 1 || allowed[0] !== '*'
  const both: OptionProblem[] =
    isForAll && Object.keys(roles).length > 0
      ? [
          {
            path: 'tools.roles',
            message: 'There are tools for everybody and tools by role: only one of them can count',
            suggestion: 'Write the lists into every role under tools.roles, or remove the roles',
          },
        ]
      : []
  return [
    ...both,
    ...inBoth(allowed, denied, 'tools.denied'),
    ...Object.entries(roles).flatMap(([name, role]) =>
      inBoth(role.allowed, role.denied, `tools.roles.${name}.denied`),
    ),
  ]
}
