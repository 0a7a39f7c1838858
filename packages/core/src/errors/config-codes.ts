import type { ErrorEntry } from './error-entry.ts'

/** Problems in a configuration (decision N4): `kt policy lint` exits 2, `kt gateway run` 78. Codes are never reused. */
export const configCodes = {
  E001: {
    title: 'Unknown policy kind',
    fix: 'Use a kind from the policy catalogue; the message names the closest one.',
    exit: 78,
  },
  E002: {
    title: 'Unknown key',
    fix: 'Remove the key or correct its spelling; the message lists the keys allowed there.',
    exit: 78,
  },
  E003: {
    title: 'Policy without a settings block',
    fix: 'Add a block under `policy:` to say what the policy should do; without one it runs with its defaults.',
  },
  E010: {
    title: 'The file is not valid YAML',
    fix: 'Correct the YAML at the given line; nested keys are indented with spaces, never with tabs.',
    exit: 78,
  },
  E011: {
    title: 'Known, not available in this version',
    fix: 'Remove the setting, or use what the message proposes: a setting that enforces nothing is refused rather than ignored.',
    exit: 78,
  },
  E012: {
    title: 'Two spellings of one setting disagree',
    fix: 'Keep one of the two spellings.',
    exit: 78,
  },
  E013: {
    title: 'Wrong type of value',
    fix: 'Write a value of the type that the message asks for.',
    exit: 78,
  },
  E014: {
    title: 'Value not allowed',
    fix: 'Write one of the values, or a value in the range, that the message gives.',
    exit: 78,
  },
  E015: {
    title: 'Required setting missing',
    fix: 'Add the setting.',
    exit: 78,
  },
  E016: {
    title: 'Used twice',
    fix: 'Keys, target ids and chain entries must be unique: rename or remove one.',
    exit: 78,
  },
  E017: {
    title: 'Placeholder left in a URL',
    fix: 'Replace the placeholder, braces included, by the real value.',
    exit: 78,
  },
  E018: {
    title: 'URL not usable',
    fix: 'Write an absolute http:// or https:// URL of the model server.',
    exit: 78,
  },
  E019: {
    title: 'Secret written into the file',
    fix: 'Put the secret into an environment variable and name it with secret_key_ref: {env: NAME}.',
    exit: 78,
  },
  E020: {
    title: 'Old form of the configuration',
    fix: 'Rewrite the section in the current form: policies.chain lists the kinds, policy.<kind> holds their settings.',
    exit: 78,
  },
  E021: {
    title: 'File refused for safety',
    fix: 'Keep the file within the limits that the message gives.',
    exit: 78,
  },
  E022: {
    title: 'Policy settings in two places',
    fix: 'Keep `policy:` at the top level and remove the one nested under `policies:`.',
    exit: 78,
  },
  E023: {
    title: 'Environment variable not usable',
    fix: 'Write the name of the variable only, as in {env: MLFLOW_TRACKING_TOKEN}.',
    exit: 78,
  },
  E024: {
    title: 'Address refused',
    fix: 'Use the address of the model server; link-local and cloud metadata addresses are never called.',
    exit: 78,
  },
  E025: {
    title: 'Without effect',
    fix: 'The configuration is valid, but this part does nothing as it stands; the message says why.',
  },
  E027: {
    title: 'Secret in the open',
    fix: 'Use an https:// address, so that the secret cannot be read on the way.',
  },
  E026: {
    title: 'Address completed',
    fix: 'Write the whole address, so that the file says what is called.',
  },
} as const satisfies Record<string, ErrorEntry>
