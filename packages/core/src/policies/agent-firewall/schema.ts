import { nameList } from '../name-lists.ts'

/** Options of `agent-firewall`. */
export const schema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    tools: {
      type: 'object',
      additionalProperties: false,
      default: {},
      description:
        'The tools that may be used, for everybody or by role. `*` in a name stands for any characters.',
      properties: {
        allowed: nameList(['*'], 'Tools that may be used; `[]`: none.'),
        denied: nameList([], 'Tools that may not be used, even if allowed.'),
        roles: {
          type: 'object',
          default: {},
          description:
            'The tools of each role, in the place of lists for everybody. A caller without any of these roles may use none. Several roles: what one allows and none denies.',
          examples: [{ analyst: { allowed: ['run_query'], denied: ['drop_*'] } }],
          additionalProperties: {
            type: 'object',
            additionalProperties: false,
            properties: {
              allowed: nameList(['*'], 'Tools that the role may use; `[]`: none.'),
              denied: nameList([], 'Tools that it may not use, even if allowed.'),
            },
          },
        },
      },
    },
    max_actions_per_session: {
      type: 'integer',
      minimum: 0,
      maximum: 100_000,
      default: 100_000,
      description:
        'Most calls of tools in a conversation: those in the turns that a request brings, and those of its answer.',
      examples: [200],
    },
  },
} as const
