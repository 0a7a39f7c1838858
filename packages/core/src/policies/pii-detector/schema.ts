import { defaultEntities } from './entity-types.ts'

/** Options of `pii-detector`. `enum` values that this version refuses are answered by `check` with E011. */
export const schema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    action: {
      type: 'string',
      enum: ['redact', 'block'],
      default: 'redact',
      description:
        '`redact` puts markers in the place of what was found, `block` refuses the call.',
    },
    entities: {
      type: 'array',
      items: { type: 'string', maxLength: 64 },
      default: defaultEntities,
      description:
        'What to look for: names of the table below, such as EMAIL_ADDRESS or US_PASSPORT, or an alias such as SSN or passport.',
      examples: [['PERSON', 'EMAIL_ADDRESS', 'PHONE_NUMBER', 'SSN']],
    },
    detect_patterns: {
      type: 'array',
      items: { type: 'string', minLength: 1, maxLength: 1000 },
      default: [],
      description:
        'Your own regular expressions (RE2 syntax, type CUSTOM). An entry that is an entity name switches that entity on.',
      examples: [['EMP-\\d{6}']],
    },
    pci_mode: {
      enum: [true, false, null],
      default: null,
      description:
        '`true` adds card numbers, security codes (CVV), expiry dates and card holder names to `entities`; otherwise nothing changes.',
    },
    healthcare_mode: {
      type: 'boolean',
      default: false,
      description:
        '`true` adds MEDICAL_RECORD_NUMBER, HEALTH_INSURANCE_ID, MEDICAL_LICENSE, US_NPI and US_MBI to `entities`.',
    },
    threshold: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0.5,
      description:
        'Score from which a finding counts. At 0.5 a weak form (nine digits) counts beside a cue word only; a right check digit scores 1.',
    },
    thresholds: {
      type: 'object',
      additionalProperties: { type: 'number', minimum: 0, maximum: 1 },
      default: {},
      description: 'Threshold by entity name or alias; wins over `threshold`.',
      examples: [{ US_PASSPORT: 0.7, PHONE_NUMBER: 0.9 }],
    },
    context: {
      type: 'array',
      maxItems: 100,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['entity', 'words'],
        properties: {
          entity: {
            type: 'string',
            maxLength: 64,
            description: 'The entity whose score changes.',
          },
          words: {
            type: 'array',
            items: { type: 'string', minLength: 1, maxLength: 48 },
            minItems: 1,
            maxItems: 100,
            description: 'Whole words or phrases, compared without case, accents and plural s.',
          },
          weight: {
            type: 'number',
            minimum: -1,
            maximum: 1,
            default: 0.4,
            description:
              'Added to the score; a negative weight takes away. With a positive weight the score is at least 0.3 more than the weight.',
          },
          before: {
            type: 'integer',
            minimum: 0,
            maximum: 64,
            default: 64,
            description: 'Characters before the value in which a word counts.',
          },
          after: {
            type: 'integer',
            minimum: 0,
            maximum: 48,
            default: 0,
            description: 'Characters behind the value in which a word counts; in requests only.',
          },
        },
      },
      default: [],
      description: 'Your own words that announce a value, or show that something is none.',
      examples: [[{ entity: 'US_PASSPORT', words: ['travel document'] }]],
    },
    allow_list: {
      type: 'array',
      items: { type: 'string', minLength: 1, maxLength: 256 },
      maxItems: 1000,
      default: [],
      description: 'Values that are never reported, whole and without regard to case.',
      examples: [['support@example.com', '10.0.0.1']],
    },
    allow_patterns: {
      type: 'array',
      items: { type: 'string', minLength: 1, maxLength: 1000 },
      maxItems: 100,
      default: [],
      description:
        'Regular expressions (RE2 syntax): a value that one of them matches whole is never reported.',
      examples: [['.*@example\\.com']],
    },
    deny_list: {
      type: 'array',
      maxItems: 100,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['terms'],
        properties: {
          type: {
            type: 'string',
            pattern: '^[A-Za-z][A-Za-z0-9_]{0,47}$',
            default: 'CUSTOM',
            description: 'Type of the finding, which also names its marker.',
          },
          terms: {
            type: 'array',
            items: { type: 'string', minLength: 2, maxLength: 64 },
            minItems: 1,
            maxItems: 1000,
            description: 'Whole words or phrases, without regard to case.',
          },
        },
      },
      default: [],
      description: 'Terms that are always reported.',
      examples: [[{ type: 'PROJECT', terms: ['Blue Heron'] }]],
    },
    phone_regions: {
      type: 'array',
      items: { type: 'string', pattern: '^[A-Z]{2}$' },
      minItems: 1,
      maxItems: 8,
      uniqueItems: true,
      default: ['US'],
      description:
        'ISO 3166-1 regions whose national phone numbers count; numbers with `+` always do. Each region costs time.',
      examples: [['US', 'GB']],
    },
    person: {
      type: 'object',
      additionalProperties: false,
      default: {},
      description: 'How names of people are looked for, where `entities` asks for PERSON.',
      properties: {
        mode: {
          type: 'string',
          enum: ['precise', 'balanced', 'recall'],
          default: 'balanced',
          description:
            '`precise` misses more names and takes fewer other words for names, `recall` the other way round.',
        },
      },
    },
    recognizers: {
      type: 'object',
      additionalProperties: false,
      default: {},
      description:
        'For entities that a plug-in looks for. It is asked about the texts of requests, not about answers.',
      properties: {
        timeout_ms: {
          type: 'integer',
          minimum: 1,
          maximum: 60_000,
          default: 500,
          description: 'How long one answer of a recogniser may take, in milliseconds.',
        },
        on_failure: {
          type: 'string',
          enum: ['block', 'without'],
          default: 'block',
          description:
            'Without an answer in time: `block` refuses the call (as `--fail-mode` says), `without` goes on with what the built-in detectors found.',
        },
      },
    },
    redaction: {
      type: 'object',
      additionalProperties: false,
      default: {},
      description: 'What stands in the place of what was found.',
      properties: {
        marker_format: {
          type: 'string',
          enum: ['label', 'asterisks', 'partial', 'numbered', 'hash'],
          default: 'label',
          description:
            '`label`: `[EMAIL_REDACTED]`. `numbered`: `[EMAIL_1]`, the same number for the same value within a call. `asterisks`: `********`. `partial`: `***-***-4567`. `hash`: `[EMAIL_3f9a2c81d04b]`, the same for the same value under one key.',
        },
        include_metadata: {
          type: 'boolean',
          default: true,
          description:
            'Type and position of each finding go into the audit event. Always so in this version.',
        },
        preserve_length: {
          type: 'boolean',
          default: false,
          description:
            'Markers get the length of the text they replace (UTF-16 units), filled with `*`.',
        },
        custom_markers: {
          type: 'object',
          additionalProperties: { type: 'string', minLength: 1, maxLength: 64 },
          default: {},
          description:
            'Marker by entity name or alias, as in `email: "<EMAIL>"`; wins over `marker_format`.',
          examples: [{ email: '<EMAIL>' }],
        },
        hash_key_ref: {
          type: 'object',
          additionalProperties: false,
          properties: {
            env: {
              type: 'string',
              pattern: '^(?:[A-Za-z_][A-Za-z0-9_]*)?$',
              default: '',
              description: 'Name of the environment variable that holds the key.',
            },
          },
          default: {},
          description:
            'Key of `marker_format: hash` (HMAC-SHA-256), at least 16 characters in an environment variable; without it the gateway does not start.',
          examples: [{ env: 'REDACTION_HASH_KEY' }],
        },
        restore: {
          type: 'boolean',
          default: false,
          description:
            'Gives callers their own values back in the answer. Needs `marker_format: numbered`; nothing is stored.',
        },
      },
    },
  },
} as const
