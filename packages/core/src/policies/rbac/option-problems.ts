import { inBoth } from '../name-lists.ts'
import type { OptionProblem } from '../policy.ts'
import type { RbacOptions } from './options.ts'

/** What the schema cannot say: lists that contradict each other, and roles that nobody can have here. */
export function findOptionProblems(options: RbacOptions): OptionProblem[] {
  const { roles, data_access: access, minimum_necessary: phi } = options
  const contradictions = Object.entries(roles).flatMap(([name, role]) => [
    ...inBoth(role.allowed_tools, role.denied_tools, `roles.${name}.denied_tools`),
    ...inBoth(role.allowed_models, role.denied_models, `roles.${name}.denied_models`),
  ])
  const known = new Set(Object.keys(roles))
  const strangers =
    known.size === 0
      ? []
      : [
          ...Object.keys(access).map((role) => [role, `data_access.${role}`] as const),
          ...phi.allowed_phi_roles.map(
            (role, index) => [role, `minimum_necessary.allowed_phi_roles[${index}]`] as const,
          ),
        ].filter(([role]) => !known.has(role))
  return [
    ...contradictions,
    ...strangers.map(([role, path]) => stranger(role, path)),
    ...(phi.enabled && phi.allowed_phi_roles.length === 0 ? [nobody] : []),
  ]
}

function stranger(role: string, path: string): OptionProblem {
  return {
    path,
    message: `"roles" does not know the role ${JSON.stringify(role)}: who has no other role is refused before this is asked`,
    suggestion: 'Add the role under roles, or correct its name',
    severity: 'warning',
  }
}

const nobody: OptionProblem = {
  path: 'minimum_necessary.allowed_phi_roles',
  message: 'No role is allowed: nobody may send or receive numbers of patients',
  suggestion: 'Name the roles that need them',
  severity: 'warning',
}
