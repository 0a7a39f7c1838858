/** Options of `prompt-injection`, in their canonical form; the short spellings are in `prompt-injection.ts`. */
export const schema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    backend: {
      type: 'string',
      minLength: 1,
      default: 'local',
      description:
        'Who decides about doubtful texts. `local`: the detector in this process alone, nothing leaves it. Otherwise the name of a classifier that a plug-in brings.',
    },
    second_opinion: {
      type: 'object',
      additionalProperties: false,
      default: {},
      description: 'When the classifier named by `backend` is asked, and what its answer does.',
      properties: {
        ask_from: {
          type: 'number',
          minimum: 0,
          maximum: 1,
          default: 0.3,
          description: 'Fast score from which a text is worth a question; 0 asks about every text.',
        },
        ask_until: {
          type: 'number',
          minimum: 0,
          maximum: 1,
          default: 0.8,
          description:
            'Fast score from which a text counts without a question, never less than the threshold. Above it, the classifier may also clear texts; with 1 it is asked about those too that are sure.',
        },
        accept_from: {
          type: 'number',
          minimum: 0,
          maximum: 1,
          default: 0.5,
          description: "The classifier's score from which a text counts.",
        },
        timeout_ms: {
          type: 'integer',
          minimum: 1,
          maximum: 60_000,
          default: 500,
          description: 'How long one answer may take, in milliseconds.',
        },
        on_failure: {
          type: 'string',
          enum: ['block', 'fast_score'],
          default: 'block',
          description:
            'Without an answer in time: `block` refuses the call (as `--fail-mode` says), `fast_score` lets the fast score decide. After five failures in a row nobody is asked for 15 seconds.',
        },
      },
    },
    detection: {
      type: 'object',
      additionalProperties: false,
      default: {},
      description: 'What counts as an injection.',
      properties: {
        embedding_threshold: {
          type: 'number',
          minimum: 0,
          maximum: 1,
          default: 0.8,
          description:
            'Score from which a text counts. Calibrated: at 0.8 at most 1 % of harmless prompts count; lower finds more and errs more.',
        },
        attack_patterns: {
          type: 'array',
          items: { type: 'string', minLength: 1, maxLength: 2000 },
          maxItems: 200,
          default: [],
          description:
            'Your own regular expressions (RE2 syntax, case-insensitive), tried on the text and on its decoded forms. A match always counts.',
          examples: [['forget.*system.*prompt']],
        },
      },
    },
    encoding: {
      type: 'object',
      additionalProperties: false,
      default: {},
      description: 'Which disguises are undone before the text is scored.',
      properties: {
        decode_base64: {
          type: 'boolean',
          default: true,
          description: 'Decode base64 and hexadecimal runs that hold text, two levels deep.',
        },
        normalize_unicode: {
          type: 'boolean',
          default: true,
          description:
            'Decode escapes, tag characters, spaced-out, leet, reversed and ROT13 text, and count hidden characters as a sign of attack.',
        },
        detect_homoglyphs: {
          type: 'boolean',
          default: true,
          description: 'Read letters of other scripts that look Latin as Latin.',
        },
      },
    },
    boundaries: {
      type: 'object',
      additionalProperties: false,
      default: {},
      description: 'Text that pretends to be structure around it.',
      properties: {
        enforce_delimiters: {
          type: 'boolean',
          default: true,
          description:
            'Count text that closes a quotation, tag or code fence in order to speak as somebody else.',
        },
        reject_fake_boundaries: {
          type: 'boolean',
          default: true,
          description: 'Count chat-template tokens and role headings inside a message.',
        },
      },
    },
    response: {
      type: 'object',
      additionalProperties: false,
      default: {},
      description: 'What happens to a call with an injection.',
      properties: {
        action: {
          type: 'string',
          enum: ['block', 'log', 'escalate'],
          default: 'block',
          description:
            '`block` refuses the call, `log` only records it (as `mode: monitor`). `escalate` is known, not available in this version.',
        },
        message: {
          type: 'string',
          minLength: 1,
          maxLength: 1000,
          default: 'Request blocked: potential prompt injection detected',
          description: 'The sentence that the caller of a blocked call reads.',
        },
        log_level: {
          type: 'string',
          enum: ['debug', 'info', 'warn', 'error'],
          default: 'warn',
          description:
            'Accepted and without effect in this version: findings stand in the audit log, not in log lines.',
        },
      },
    },
  },
} as const
