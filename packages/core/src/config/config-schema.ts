import type { JsonSchema, OptionsOf } from '../policies/json-schema.ts'

/** Letters, digits and `_ . - /`, as in `mlflow-chat`: an id stands in events, headers and tables. */
const idPattern = '^[A-Za-z0-9][A-Za-z0-9_./-]{0,127}$'
/** SemVer, or its first one or two numbers in quotes; not `latest`. */
const versionPattern = '^v?\\d+(\\.\\d+){0,2}([-+][0-9A-Za-z.+-]+)?$'
/** Portable names of environment variables (POSIX), lower case too. */
const variablePattern = '^[A-Za-z_][A-Za-z0-9_]{0,127}$'
/** Header names (RFC 9110 token). */
const headerPattern = "^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$"

const milliseconds = (limit: number, initial: number, description: string) =>
  ({ type: 'integer', minimum: 1, maximum: limit, default: initial, description }) as const

const onUnscannable = (initial: 'allow' | 'block', description: string) =>
  ({ type: 'string', enum: ['allow', 'block'], default: initial, description }) as const

const target = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'provider'],
  description: 'One model endpoint that calls are forwarded to.',
  properties: {
    id: {
      type: 'string',
      pattern: idPattern,
      description: 'Unique name of the target.',
      examples: ['mlflow-chat'],
    },
    provider: {
      type: 'string',
      minLength: 1,
      maxLength: 500,
      description: '`<provider>:<mode>:<model>`, or a provider with the model under `model`.',
      examples: ['openai:chat:my-mlflow-model', 'mlflow:chat:my-chat-model'],
    },
    model: {
      type: 'string',
      minLength: 1,
      maxLength: 400,
      description: 'The model the upstream is asked for, when `provider` does not name it.',
    },
    base_url: {
      type: 'string',
      minLength: 1,
      maxLength: 2000,
      description: 'Address of the model server, with or without `/v1`.',
      examples: ['http://mlflow-server:5000/v1'],
    },
    secret_key_ref: {
      type: 'object',
      additionalProperties: false,
      required: ['env'],
      description: 'Where the secret of the target is; never the secret itself.',
      properties: {
        env: {
          type: 'string',
          pattern: variablePattern,
          description: 'Name of the environment variable that holds the secret.',
          examples: ['MLFLOW_TRACKING_TOKEN'],
        },
      },
    },
    api_key_header: {
      type: 'string',
      pattern: headerPattern,
      default: 'Authorization',
      description: 'Header that carries the secret.',
      examples: ['x-api-key'],
    },
    api_key_prefix: {
      type: 'string',
      maxLength: 100,
      // Printable ASCII only: anything else could break the header.
      pattern: '^[ -~]*$',
      description:
        'Text before the secret in that header; empty for a header other than Authorization.',
    },
    timeouts: {
      type: 'object',
      additionalProperties: false,
      default: {},
      description: 'How long the model server may take, in milliseconds.',
      properties: {
        connect_ms: milliseconds(600_000, 5000, 'Until the connection stands.'),
        first_byte_ms: milliseconds(3_600_000, 600_000, 'Until the first byte of the answer.'),
        idle_ms: milliseconds(3_600_000, 300_000, 'Between two pieces of the answer.'),
      },
    },
    mlflow: {
      type: 'object',
      additionalProperties: false,
      default: {},
      description: 'Fixes what the MLflow adapter otherwise finds out.',
      properties: {
        input: {
          type: 'string',
          enum: ['messages', 'inputs'],
          description: 'Body of `/invocations`: chat messages, or a list of inputs.',
        },
        allow_keys: {
          type: 'array',
          items: { type: 'string', minLength: 1 },
          uniqueItems: true,
          description: 'The only parameters besides the messages that are sent.',
        },
      },
    },
  },
} as const

/** The configuration after other spellings were folded: closed, with a description and a default wherever there is one. */
export const configSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['pack', 'policies'],
  properties: {
    pack: {
      type: 'object',
      additionalProperties: false,
      required: ['name', 'version'],
      description: 'Name and version of this configuration; both stand in every event.',
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 200, description: 'Name of the pack.' },
        version: {
          type: 'string',
          pattern: versionPattern,
          description: 'Version of the pack.',
          examples: ['1.0.0'],
        },
        enabled: {
          type: 'boolean',
          default: true,
          description: 'With `false` the gateway refuses to start.',
        },
        description: { type: 'string', maxLength: 2000, description: 'For people.' },
      },
    },
    providers: {
      type: 'object',
      additionalProperties: false,
      default: {},
      description: 'The model servers.',
      properties: {
        targets: {
          type: 'array',
          minItems: 1,
          maxItems: 1000,
          items: target,
          description: 'Model endpoints; the first is used when a call names no model.',
        },
      },
    },
    policies: {
      type: 'object',
      additionalProperties: false,
      required: ['chain'],
      description: 'Which policies run, in which order.',
      properties: {
        chain: {
          type: 'array',
          maxItems: 100,
          items: { type: 'string', minLength: 1 },
          description: 'Policy kinds in the order of evaluation; the first block ends it.',
        },
      },
    },
    policy: {
      type: 'object',
      additionalProperties: { type: 'object' },
      default: {},
      description: 'Settings of each policy kind.',
    },
    enforcement: {
      type: 'object',
      additionalProperties: false,
      default: {},
      description: 'How refusals look and what happens to input that no policy can read.',
      properties: {
        block_status: {
          type: 'integer',
          enum: [409, 403, 400],
          default: 409,
          description: 'HTTP status of a call that a policy refused.',
        },
        on_unscannable: {
          type: 'object',
          additionalProperties: false,
          default: {},
          description: 'Per kind of unreadable input; a single `allow` or `block` stands for all.',
          properties: {
            token_array: onUnscannable('block', 'Prompts as token numbers.'),
            stored_context: onUnscannable('block', 'References to context kept by the upstream.'),
            media: onUnscannable('allow', 'Images, audio and files.'),
          },
        },
      },
    },
    access: {
      type: 'object',
      additionalProperties: false,
      default: {},
      description: 'Who may call the gateway.',
      properties: {
        require_key: {
          type: 'boolean',
          default: false,
          description: 'Refuse calls without a gateway key.',
        },
        trust_headers_from: {
          type: 'array',
          items: { type: 'string', minLength: 1 },
          default: ['127.0.0.0/8', '::1'],
          description: 'Addresses or CIDR ranges whose `X-User-*` headers count.',
        },
      },
    },
    audit_store: {
      type: 'object',
      additionalProperties: false,
      default: {},
      description: 'Where the audit log is kept.',
      properties: {
        kind: {
          type: 'string',
          enum: ['sqlite', 'none'],
          default: 'sqlite',
          description: '`none` keeps no log at all.',
        },
        path: {
          type: 'string',
          minLength: 1,
          maxLength: 4000,
          description: 'Folder of the log; the data folder when absent.',
        },
        on_failure: {
          type: 'string',
          enum: ['closed', 'open'],
          default: 'closed',
          description: '`closed` refuses calls that cannot be recorded; `open` lets them pass.',
        },
      },
    },
    size_limits: {
      type: 'object',
      additionalProperties: false,
      default: {},
      description: 'Largest bodies, in bytes.',
      properties: {
        max_body_bytes: {
          type: 'integer',
          minimum: 1024,
          maximum: 1_073_741_824,
          default: 10_485_760,
          description: 'Largest request.',
        },
        max_response_bytes: {
          type: 'integer',
          minimum: 1024,
          maximum: 1_073_741_824,
          default: 33_554_432,
          description: 'Largest answer of a model server.',
        },
      },
    },
  },
} as const satisfies JsonSchema

/** A configuration that fits `configSchema`, defaults filled in. */
export type ConfigValues = OptionsOf<typeof configSchema>

/** One of its `providers.targets`. */
export type TargetValues = OptionsOf<typeof target>
