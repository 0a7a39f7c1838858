/** What an operator may be allowed to do. Also the scopes of API tokens. */
export const permissions = [
  /** How the gateway is; metrics. */
  'status:read',
  /** The configuration that runs, without secrets. */
  'config:read',
  /** Have the configuration read again. */
  'config:reload',
  /** Calls and records of the log. */
  'events:read',
  /** A whole copy of the log, to verify it elsewhere. */
  'events:copy',
  /** Which gateway keys there are. */
  'keys:read',
  /** Make and revoke gateway keys. */
  'keys:write',
  /** Make, list and revoke API tokens of one's own. */
  'tokens:write',
  /** Operators, their roles, and everybody's API tokens. */
  'operators:write',
] as const

export type Permission = (typeof permissions)[number]

/** Roles of operators: `viewer` watches, `auditor` reads the log, `operator` runs the gateway, `admin` also decides who may. */
export const roles = ['admin', 'operator', 'auditor', 'viewer'] as const

export type Role = (typeof roles)[number]

const watching: readonly Permission[] = ['status:read', 'config:read', 'tokens:write']

/** What each role may do; what is not here is refused. */
export const permissionsOf: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: watching,
  auditor: [...watching, 'events:read', 'events:copy', 'keys:read'],
  operator: [...watching, 'events:read', 'config:reload', 'keys:read', 'keys:write'],
  admin: permissions,
}
