import type { OptionsOf } from '../policies/json-schema.ts'

const texts = (description: string) =>
  ({ type: 'array', items: { type: 'string', minLength: 1 }, maxItems: 100, description }) as const

const textExpectation = (description: string) =>
  ({
    description,
    anyOf: [
      { type: 'string', description: 'The same as `equals`.' },
      {
        type: 'object',
        additionalProperties: false,
        description: 'Several expectations at once.',
        properties: {
          equals: {
            type: 'string',
            description: 'Exactly this: the contents of all messages, joined by line breaks.',
          },
          contains: texts('Each of these stands in some text.'),
          not_contains: texts('None of these stands in any text.'),
        },
      },
    ],
  }) as const

/** The endpoints whose bodies can be tested. */
export const testedEndpoints = [
  '/v1/chat/completions',
  '/v1/completions',
  '/v1/embeddings',
  '/v1/responses',
] as const

const input = {
  type: 'object',
  additionalProperties: false,
  description: 'The call, and perhaps the answer of the model.',
  properties: {
    messages: {
      type: 'array',
      minItems: 1,
      items: { type: 'object' },
      description: 'Messages of a chat request.',
    },
    tools: {
      type: 'array',
      items: { type: 'object' },
      description: 'Tool definitions beside `messages`.',
    },
    model: {
      type: 'string',
      minLength: 1,
      description: 'What the client asks for; the first target when absent.',
    },
    request: { type: 'object', description: 'A whole request body, in the place of `messages`.' },
    endpoint: {
      type: 'string',
      enum: testedEndpoints,
      default: '/v1/chat/completions',
      description: 'Where the client sends the request.',
    },
    headers: {
      type: 'object',
      additionalProperties: { type: 'string' },
      default: {},
      description:
        'Headers of the client. `X-User-ID` and `X-User-Role` (several with commas) count as from a trusted address.',
    },
    identity: {
      type: 'object',
      additionalProperties: false,
      description: 'Who calls; wins over the headers.',
      properties: {
        subject: { type: 'string', minLength: 1, description: 'Name of the person or service.' },
        roles: {
          type: 'array',
          items: { type: 'string', minLength: 1 },
          description: 'Roles of the caller.',
        },
        team: { type: 'string', minLength: 1, description: 'Team of the caller.' },
        via: {
          type: 'string',
          enum: ['key', 'token', 'header'],
          description: 'How the gateway would know.',
        },
      },
    },
    upstream_response: {
      anyOf: [
        { type: 'string', description: 'The text of the answer.' },
        { type: 'object', description: 'A message of a chat answer, or a whole answer body.' },
      ],
      description: 'What the model answers: the answer side runs too.',
    },
    stream: {
      type: 'boolean',
      default: false,
      description:
        'Also send the answer as a stream, cut into small pieces: it must come to the same.',
    },
    proxy_name: { type: 'string', description: 'Known to the product; has no effect here.' },
    team_slugs: {
      type: 'array',
      items: { type: 'string' },
      description: 'Known to the product; has no effect here.',
    },
  },
} as const

const expected = {
  type: 'object',
  additionalProperties: false,
  required: ['verdict'],
  description: 'What must come of it.',
  properties: {
    verdict: {
      type: 'string',
      enum: ['allow', 'redact', 'block', 'error'],
      description:
        'Outcome of the call: of its answer when that is worse. `error`: the request cannot be read.',
    },
    reason_code: {
      type: 'string',
      minLength: 1,
      description: 'As in events; a dot may stand for an underscore.',
      examples: ['prompt_injection_detected'],
    },
    policy: {
      type: 'string',
      minLength: 1,
      description: 'The policy that decided.',
    },
    policies: {
      type: 'object',
      additionalProperties: {
        type: 'string',
        enum: ['pass', 'redact', 'block', 'would_redact', 'would_block', 'error', 'not_run'],
      },
      default: {},
      description:
        'Verdict of single policies, `would_block` and `would_redact` in monitor mode; the answer counts when it is worse.',
      examples: [{ 'prompt-injection': 'would_block' }],
    },
    forwarded: textExpectation('What goes to the model.'),
    answer: textExpectation('What goes to the client.'),
    findings: {
      type: 'object',
      additionalProperties: false,
      default: {},
      description: 'What was found, by type (`EMAIL_ADDRESS`) or rule (`email-address`).',
      properties: {
        present: texts('Each of these was found.'),
        absent: texts('None of these was found.'),
      },
    },
  },
} as const

/** One test of a configuration: a file in `tests/`, or a case of `testing.suites`. */
export const policyTest = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'input', 'expected'],
  description: 'A call and what must come of it.',
  properties: {
    name: {
      type: 'string',
      minLength: 1,
      maxLength: 200,
      description: 'What the test shows, as in `blocks a jailbreak`.',
      examples: ['blocks a jailbreak'],
    },
    description: { type: 'string', maxLength: 2000, description: 'For people.' },
    input,
    expected,
  },
} as const

/** A test as it runs, defaults filled in. */
export type PolicyTest = OptionsOf<typeof policyTest>

/** The section `testing`. */
export const testing = {
  type: 'object',
  additionalProperties: false,
  default: {},
  description: 'Tests of this configuration: `kt policy test` runs them, the gateway ignores them.',
  properties: {
    suites: {
      type: 'array',
      maxItems: 1000,
      default: [],
      description: 'Groups of tests.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'cases'],
        description: 'A group of tests.',
        properties: {
          name: {
            type: 'string',
            minLength: 1,
            maxLength: 200,
            description: 'Name of the suite.',
            examples: ['smoke'],
          },
          description: { type: 'string', maxLength: 2000, description: 'For people.' },
          target: {
            type: 'string',
            minLength: 1,
            maxLength: 200,
            description: 'Label that says what is tested, as the kind of a policy.',
          },
          cases: { type: 'array', minItems: 1, items: policyTest, description: 'The tests.' },
        },
      },
    },
  },
} as const
