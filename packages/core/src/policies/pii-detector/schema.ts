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
        'What to look for: EMAIL_ADDRESS, PHONE_NUMBER, US_SSN, CREDIT_CARD, IBAN_CODE, IP_ADDRESS, PERSON, or an alias such as SSN.',
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
        '`true` adds card numbers, security codes (CVV) and card holder names to `entities`; otherwise nothing changes.',
    },
    healthcare_mode: {
      type: 'boolean',
      default: false,
      description: 'Medical record, insurance and provider numbers. Not available in this version.',
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
