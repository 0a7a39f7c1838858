import type { Identity } from '../../engine/identity.ts'
import { matchesName } from '../name-pattern.ts'
import type { RbacOptions } from './options.ts'

type Role = RbacOptions['roles'][string]

/** What callers may use by their roles. */
export class RoleRules {
  readonly #roles: ReadonlyMap<string, Role>

  constructor(roles: RbacOptions['roles']) {
    this.#roles = new Map(Object.entries(roles))
  }

  /** True when roles decide about nothing. */
  get isEmpty(): boolean {
    return this.#roles.size === 0
  }

  /** True when some role may not use every tool. */
  get limitsTools(): boolean {
    return [...this.#roles.values()].some((role) => !isOpen(role.allowed_tools, role.denied_tools))
  }

  /** True when a caller has a role that there are rules for. */
  knows(caller: Identity): boolean {
    return this.isEmpty || this.#of(caller).length > 0
  }

  /** Whether a caller may ask for a model; `null` for one that is not known. */
  allowsModel(model: string | null, caller: Identity): boolean {
    if (this.isEmpty) return true
    const roles = this.#of(caller)
    return allows(
      roles.map((role) => role.allowed_models),
      roles.map((role) => role.denied_models),
      model,
    )
  }

  /** Whether a caller may use a tool. */
  allowsTool(tool: string, caller: Identity): boolean {
    if (this.isEmpty) return true
    const roles = this.#of(caller)
    return allows(
      roles.map((role) => role.allowed_tools),
      roles.map((role) => role.denied_tools),
      tool,
    )
  }

  #of({ roles = [] }: Identity): readonly Role[] {
    return roles.flatMap((name) => this.#roles.get(name) ?? [])
  }
}

type Patterns = readonly (readonly string[])[]

/** What one role allows and none denies. A name that is not known is allowed where every name is. */
function allows(allowed: Patterns, denied: Patterns, name: string | null): boolean {
  if (name === null) return denied.flat().length === 0 && allowed.flat().includes('*')
  const holds = (pattern: string) => matchesName(pattern, name)
  return allowed.flat().some(holds) && !denied.flat().some(holds)
}

function isOpen(allowed: readonly string[], denied: readonly string[]): boolean {
  return denied.length === 0 && allowed.includes('*')
}
