import type { JsonSchema, OptionsOf } from '../policies/json-schema.ts'
import { anchor } from './anchor-schema.ts'
import { callback } from './callback-schema.ts'
import { jwt } from './jwt-schema.ts'
import { oidc } from './oidc-schema.ts'
import { target } from './target-schema.ts'
import { testing } from './testing-schema.ts'

/** SemVer, or its first one or two numbers in quotes; not `latest`. */
const versionPattern = '^v?\\d+(\\.\\d+){0,2}([-+][0-9A-Za-z.+-]+)?$'

const onUnscannable = (initial: 'allow' | 'block', description: string) =>
  ({ type: 'string', enum: ['allow', 'block'], default: initial, description }) as const

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
          description:
            "Model endpoints. Those that serve the same model are tried in this order; without a model, the first one's is asked for.",
        },
        strategy: {
          type: 'string',
          enum: ['ordered', 'single'],
          default: 'ordered',
          description:
            'What happens when several targets serve a model: `ordered` goes on to the next one when one fails, `single` asks only the first.',
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
      description: 'Who may call the gateway, and who may operate it.',
      properties: {
        require_key: {
          type: 'boolean',
          default: false,
          description:
            'Refuse calls without a gateway key (`kt gateway key create`) or a token of `access.jwt`: 401.',
        },
        trust_headers_from: {
          type: 'array',
          items: { type: 'string', minLength: 1 },
          default: ['127.0.0.0/8', '::1'],
          description: 'Addresses or CIDR ranges whose `X-User-*` headers count.',
        },
        jwt,
        oidc,
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
        anchors: {
          type: 'array',
          maxItems: 8,
          items: anchor,
          description:
            'Where the newest checkpoint of the log is written every minute while it grows, so that nobody can cut off its end unnoticed. When absent: the file `anchors/<log id>.jsonl` in the configuration folder. `[]`: nowhere.',
        },
        content: {
          type: 'string',
          enum: ['none', 'hmac', 'redacted', 'full'],
          default: 'hmac',
          description:
            'What is kept of the texts: nothing, a keyed hash, also (encrypted, erasable) what the policies let through, or also what client and model really sent.',
        },
        pseudonymize: {
          type: 'array',
          items: { type: 'string', enum: ['ip', 'principal'] },
          uniqueItems: true,
          default: ['ip'],
          description: 'What stands as a keyed hash in events instead of in clear.',
        },
      },
    },
    callbacks: {
      type: 'array',
      maxItems: 8,
      items: callback,
      default: [],
      description: 'Services that get copies of what was decided. No call waits for them.',
    },
    testing,
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
