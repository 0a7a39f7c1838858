import { nameList } from '../name-lists.ts'
import { levels } from './sensitivity.ts'

/** Options of `rbac`. */
export const schema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    deny_if_missing: {
      type: 'array',
      items: { type: 'string', pattern: "^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$" },
      maxItems: 20,
      uniqueItems: true,
      default: ['X-User-ID'],
      description:
        'Headers without which a call is refused. `X-User-ID` is there when the caller is known, `X-User-Role` when a role of theirs is: by gateway key, token or the header of a trusted address. Of others only the presence is checked. `[]`: none.',
      examples: [['X-User-ID', 'X-User-Role']],
    },
    require_auth: {
      type: 'boolean',
      default: false,
      description:
        'Refuse callers that did not show a gateway key or a token of the identity provider: headers are not enough then.',
    },
    roles: {
      type: 'object',
      default: {},
      description:
        'What each role may use. With an entry, a caller without any of these roles is refused. Several roles: what one allows and none denies. `*` in a name stands for any characters.',
      examples: [{ analyst: { allowed_models: ['small-*'], denied_tools: ['execute_code'] } }],
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        properties: {
          allowed_models: nameList(['*'], 'Models that the role may ask for; `[]`: none.'),
          denied_models: nameList([], 'Models that it may not ask for, even if allowed.'),
          allowed_tools: nameList(['*'], 'Tools that the role may use; `[]`: none.'),
          denied_tools: nameList([], 'Tools that it may not use, even if allowed.'),
        },
      },
    },
    data_access: {
      type: 'object',
      default: {},
      description:
        'The most sensitive data that each role may send and receive, by the marks in the texts and the header `X-Data-Classification`. With an entry, callers without any of these roles may use `public` data only.',
      examples: [{ analyst: { max_sensitivity: 'confidential' } }],
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        required: ['max_sensitivity'],
        properties: {
          max_sensitivity: {
            type: 'string',
            enum: levels,
            description: 'The most sensitive data of the role.',
          },
        },
      },
    },
    minimum_necessary: {
      type: 'object',
      additionalProperties: false,
      default: {},
      description: 'HIPAA, 45 CFR 164.502(b): health data only for those who need it.',
      properties: {
        enabled: {
          type: 'boolean',
          default: false,
          description:
            'Refuse requests and answers with numbers of patients (medical records, health insurance) to everybody but `allowed_phi_roles`.',
        },
        allowed_phi_roles: {
          type: 'array',
          items: { type: 'string', minLength: 1, maxLength: 200 },
          maxItems: 100,
          uniqueItems: true,
          default: [],
          description: 'Roles that may send and receive such numbers.',
          examples: [['clinician']],
        },
      },
    },
  },
} as const
