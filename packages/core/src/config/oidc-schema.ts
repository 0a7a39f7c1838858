import { jwt } from './jwt-schema.ts'

/** Roles that a whole company may have; what each may do is said by the access store. */
const commonRoles = ['operator', 'auditor', 'viewer'] as const

/** `access.oidc`: an OpenID provider where operators of the gateway sign in. */
export const oidc = {
  type: 'object',
  additionalProperties: false,
  required: ['issuer', 'client_id'],
  description:
    'An OpenID provider where operators sign in (`kt auth login --oidc`), beside those with a password. Needs `role_map`, `default_role`, or both.',
  properties: {
    issuer: {
      type: 'string',
      minLength: 1,
      maxLength: 2000,
      description: 'Its issuer, exactly as its discovery document and its tokens have it.',
      examples: ['https://login.example.com/realms/acme'],
    },
    client_id: {
      type: 'string',
      pattern: '^[!-~]+$',
      maxLength: 500,
      description:
        'Id under which kt is registered there: a public client, without a secret, with the device flow (RFC 8628).',
      examples: ['keeptrusts'],
    },
    scopes: {
      type: 'array',
      items: { type: 'string', pattern: '^[!#-\\[\\]-~]+$', maxLength: 200 },
      minItems: 1,
      maxItems: 20,
      uniqueItems: true,
      default: ['openid', 'email', 'profile'],
      description: 'Scopes that kt asks for; `openid` must be one of them.',
      examples: [['openid', 'email', 'groups']],
    },
    roles_claim: {
      type: 'string',
      minLength: 1,
      maxLength: 200,
      default: 'roles',
      description:
        "Claim of the ID token that has the person's roles or groups, as a list or as words in one text; dots lead into nested claims.",
      examples: ['realm_access.roles', 'groups'],
    },
    role_map: {
      type: 'object',
      additionalProperties: { type: 'string', enum: ['admin', ...commonRoles] },
      description:
        'Role here by value of the claim; values that are not in it count for nothing. Of several roles a person gets the strongest.',
      examples: [{ 'ai-platform': 'operator', 'ai-audit': 'auditor' }],
    },
    default_role: {
      type: 'string',
      // An admin is somebody whom the provider names: never just everybody who can sign in there.
      enum: commonRoles,
      description: 'Role of people who have none by `role_map`. When absent, they are not let in.',
    },
    clock_tolerance_seconds: jwt.properties.clock_tolerance_seconds,
  },
} as const
