/** `access.jwt`: an identity provider whose tokens clients may show. */
export const jwt = {
  type: 'object',
  additionalProperties: false,
  required: ['issuer', 'audience'],
  description:
    'An identity provider whose tokens (JWT) clients may show as `Authorization: Bearer`. Without it such a token counts as no identity.',
  properties: {
    issuer: {
      type: 'string',
      minLength: 1,
      maxLength: 2000,
      description: '`iss` of its tokens, exactly as they have it.',
      examples: ['https://login.example.com/realms/acme'],
    },
    audience: {
      type: 'array',
      items: { type: 'string', minLength: 1, maxLength: 500 },
      minItems: 1,
      maxItems: 20,
      description: 'One of these must stand in `aud`; a single one needs no list.',
      examples: [['keeptrusts']],
    },
    jwks_uri: {
      type: 'string',
      minLength: 1,
      maxLength: 2000,
      description:
        'Where its public keys are; when absent, as the discovery document below the issuer says.',
      examples: ['https://login.example.com/realms/acme/certs'],
    },
    subject_claim: {
      type: 'string',
      minLength: 1,
      maxLength: 200,
      default: 'sub',
      description: 'Claim that names the caller; dots lead into nested claims.',
      examples: ['kubernetes.io.serviceaccount.name'],
    },
    roles_claim: {
      type: 'string',
      minLength: 1,
      maxLength: 200,
      default: 'roles',
      description:
        "Claim that has the caller's roles, as a list or as words in one text; dots lead into nested claims.",
      examples: ['realm_access.roles'],
    },
    role_map: {
      type: 'object',
      additionalProperties: { type: 'string', minLength: 1, maxLength: 200 },
      description:
        'Role here by value of the claim; values that are not in it count for nothing. When absent, a value is itself the role.',
      examples: [{ 'ai-analysts': 'analyst' }],
    },
    clock_tolerance_seconds: {
      type: 'integer',
      minimum: 0,
      maximum: 600,
      default: 60,
      description: 'Seconds by which the clocks of provider and gateway may differ.',
    },
  },
} as const
