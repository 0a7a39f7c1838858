const categoryAction = {
  enum: ['redact', 'block', 'monitor', 'allow', null],
  default: null,
} as const

/** Options of `dlp-filter`: the product's, and what is done about built-in rules. */
export const schema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    detect_patterns: {
      type: 'array',
      items: { type: 'string', minLength: 1, maxLength: 1000 },
      maxItems: 200,
      default: [],
      description: 'Your own regular expressions (RE2 syntax, linear time).',
      examples: [['PRJ-\\d{6}']],
    },
    blocked_terms: {
      type: 'array',
      items: { type: 'string', minLength: 1, maxLength: 128 },
      maxItems: 5000,
      default: [],
      description:
        'Words and phrases of your own. Case, accents and the kind of white space do not matter; a term counts as a whole word only.',
      examples: [['project nightjar']],
    },
    action: {
      type: 'string',
      enum: ['redact', 'block'],
      default: 'redact',
      description:
        '`redact` puts markers in the place of what was found, `block` refuses the call.',
    },
    fuzzy_matching: {
      type: 'boolean',
      default: false,
      description: 'Also find `blocked_terms` with typing errors, up to `max_distance`.',
    },
    max_distance: {
      type: 'integer',
      minimum: 0,
      maximum: 8,
      default: 1,
      description:
        'Most edits (insert, delete, replace, swap neighbours) for `fuzzy_matching`. Short terms allow fewer: none up to 4 characters, one up to 8, two up to 12, and so on.',
    },
    sensitivity_level: {
      type: 'string',
      enum: ['standard', 'high', 'restricted'],
      default: 'standard',
      description:
        'Built-in classification marks. `standard`: none. `high`: TOP SECRET, CONFIDENTIAL, TLP:RED and the like. `restricted`: also INTERNAL ONLY, PROPRIETARY, TLP:AMBER and the like.',
    },
    credentials: {
      type: 'object',
      additionalProperties: false,
      default: {},
      description: 'Built-in rules for keys, tokens and passwords.',
      properties: {
        action: {
          ...categoryAction,
          description:
            'What is done about credentials: `redact`, `block`, `monitor` (only reported) or `allow` (not looked for). `null`: as `action` says.',
        },
        exclude: {
          type: 'array',
          items: { type: 'string', minLength: 1, maxLength: 80 },
          uniqueItems: true,
          default: [],
          description: 'Ids of built-in rules that are not used, as events name them.',
          examples: [['json-web-token']],
        },
      },
    },
    mlflow: {
      type: 'object',
      additionalProperties: false,
      default: {},
      description: 'Built-in rules for MLflow and Databricks; each category has its own action.',
      properties: {
        credentials: {
          ...categoryAction,
          description:
            'Values of MLFLOW_TRACKING_TOKEN, _USERNAME and _PASSWORD, Databricks tokens, tracking URIs with a password. `null`: as `action` says.',
        },
        model_files: {
          ...categoryAction,
          description:
            'Model files in base64: GGUF, safetensors, pickle, saved PyTorch and Keras models, ONNX, HDF5. `null`: as `action` says.',
        },
        tracking_uris: {
          ...categoryAction,
          default: 'monitor',
          description:
            'Addresses of tracking servers and Databricks profiles. `null`: as `action` says.',
        },
        model_references: {
          ...categoryAction,
          default: 'allow',
          description: 'Registry URIs such as models:/churn/Production. `null`: as `action` says.',
        },
        run_references: {
          ...categoryAction,
          default: 'allow',
          description: 'Run URIs: runs:/ and 32 hexadecimal digits. `null`: as `action` says.',
        },
        artifact_paths: {
          ...categoryAction,
          default: 'allow',
          description:
            'mlflow-artifacts:, dbfs:/databricks/mlflow and cloud paths of models and artifacts. `null`: as `action` says.',
        },
      },
    },
  },
} as const
