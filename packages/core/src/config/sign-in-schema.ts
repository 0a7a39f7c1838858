import type { OptionsOf } from '../policies/json-schema.ts'

/** Portable names of environment variables (POSIX), lower case too. */
const variablePattern = '^[A-Za-z_][A-Za-z0-9_]{0,127}$'

/** The name of an environment variable that holds something secret. */
export const variableRef = (description: string, example: string) =>
  ({
    type: 'object',
    additionalProperties: false,
    required: ['env'],
    description,
    properties: {
      env: {
        type: 'string',
        pattern: variablePattern,
        description: 'Name of the environment variable.',
        examples: [example],
      },
    },
  }) as const

/** How to sign in at a server; targets and callbacks have it. */
export const auth = {
  type: 'object',
  additionalProperties: false,
  required: ['type'],
  description:
    'How the gateway signs in there, when it is not the bearer token or API key of the reference above.',
  properties: {
    type: {
      type: 'string',
      enum: ['bearer', 'basic', 'oauth_m2m'],
      description:
        '`bearer`: the token of the reference; `basic`: user name and password; `oauth_m2m`: short-lived tokens for a client id and secret (OAuth 2.0 client credentials, RFC 6749 §4.4).',
    },
    username_ref: variableRef(
      '`basic`: the user name; `MLFLOW_TRACKING_USERNAME` when absent.',
      'MLFLOW_TRACKING_USERNAME',
    ),
    password_ref: variableRef(
      '`basic`: the password; `MLFLOW_TRACKING_PASSWORD` when absent.',
      'MLFLOW_TRACKING_PASSWORD',
    ),
    client_id_ref: variableRef(
      '`oauth_m2m`: the client id; `DATABRICKS_CLIENT_ID` when absent.',
      'DATABRICKS_CLIENT_ID',
    ),
    client_secret_ref: variableRef(
      '`oauth_m2m`: the client secret; `DATABRICKS_CLIENT_SECRET` when absent.',
      'DATABRICKS_CLIENT_SECRET',
    ),
    token_url: {
      type: 'string',
      minLength: 1,
      maxLength: 2000,
      description:
        '`oauth_m2m`: where tokens are fetched; `/oidc/v1/token` of the workspace when absent, on Databricks.',
      examples: ['https://login.example.com/oauth2/token'],
    },
    scope: {
      type: 'string',
      pattern: '^[!-~]+( [!-~]+)*$',
      maxLength: 1000,
      description: '`oauth_m2m`: the scope asked for; `all-apis` when absent, on Databricks.',
    },
  },
} as const

const file = (description: string) =>
  ({ type: 'string', minLength: 1, maxLength: 4000, description }) as const

/** Certificates for a server; targets and callbacks have them. */
export const tls = {
  type: 'object',
  additionalProperties: false,
  description:
    'Certificates for https; PEM files, read at the start, relative to the working directory.',
  properties: {
    ca_file: file(
      "The only certificate authorities that the server's certificate may come from; the usual public ones when absent.",
    ),
    cert_file: file('Client certificate, for servers that ask for one; needs `key_file`.'),
    key_file: file('Private key of the client certificate, without a passphrase.'),
  },
} as const

/** `auth` of a target or callback. */
export type AuthValues = OptionsOf<typeof auth>

/** `tls` of a target or callback. */
export type TlsValues = OptionsOf<typeof tls>
