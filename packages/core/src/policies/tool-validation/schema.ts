/** Options of `tool-validation`. */
export const schema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    declared_tools: {
      type: 'array',
      items: { type: 'string', minLength: 1, maxLength: 200 },
      maxItems: 500,
      default: [],
      description: 'Names of the tools that may be offered and called; `[]`: any.',
      examples: [['database_query', 'web_search']],
    },
    schemas: {
      type: 'object',
      default: {},
      description:
        'By tool, the JSON Schema (2020-12) that the arguments of a call must fit. Patterns are matched in linear time, `$ref` only reaches into the schema itself and may not go round in a circle.',
      examples: [{ read_file: { type: 'object', required: ['path'] } }],
      additionalProperties: { description: 'The schema of one tool.' },
    },
    allow_undeclared: {
      type: 'boolean',
      default: false,
      description:
        'Let tools pass that `declared_tools` does not name; schemas count all the same.',
    },
    semantic_validation: {
      type: 'object',
      additionalProperties: false,
      default: { enabled: false },
      description: 'Asking a model about each call. Not available in this version.',
      properties: {
        enabled: {
          type: 'boolean',
          default: true,
          description: 'Only `false` is accepted.',
        },
        endpoint: { type: 'string', default: '', description: 'Address of the model.' },
        model: { type: 'string', default: '', description: 'Its name.' },
        secret_key_ref: {
          type: 'object',
          default: {},
          description: 'Where its secret is.',
          additionalProperties: { type: 'string' },
        },
        timeout_ms: {
          type: 'integer',
          minimum: 1,
          default: 3000,
          description: 'How long to wait for it.',
        },
      },
    },
  },
} as const
