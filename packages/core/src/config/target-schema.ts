import type { OptionsOf } from '../policies/json-schema.ts'
import { auth, tls, variableRef } from './sign-in-schema.ts'

/** Letters, digits and `_ . - /`, as in `mlflow-chat`: an id stands in events, headers and tables. */
const idPattern = '^[A-Za-z0-9][A-Za-z0-9_./-]{0,127}$'
/** Header names (RFC 9110 token). */
const headerPattern = "^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$"

const milliseconds = (limit: number, initial: number, description: string) =>
  ({ type: 'integer', minimum: 1, maximum: limit, default: initial, description }) as const

/** One of `providers.targets`. */
export const target = {
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
      examples: [
        'openai:chat:my-mlflow-model',
        'mlflow:chat:my-chat-model',
        'databricks:chat:my-endpoint',
      ],
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
    secret_key_ref: variableRef(
      'Where the secret of the target is; never the secret itself.',
      'MLFLOW_TRACKING_TOKEN',
    ),
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
    auth,
    tls,
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

/** One of `providers.targets`, defaults filled in. */
export type TargetValues = OptionsOf<typeof target>
