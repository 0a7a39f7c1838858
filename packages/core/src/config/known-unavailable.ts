/** A key that the product knows and this version does not act on (decision C3). */
export interface KnownKey {
  /** Dotted path from the document; `*` stands for every list item or entry. */
  readonly path: string
  /** What it would do, completing "nothing would …". */
  readonly would: string
  /** True when a caller may rely on it for protection or routing: an error. Otherwise a warning. */
  readonly enforces: boolean
  /** What to do instead. */
  readonly instead: string
  /** Values that ask for nothing more than this version does. */
  readonly accepts?: readonly unknown[]
  /** The schema has the key for those values; otherwise the key is left out once it is accepted. */
  readonly inSchema?: boolean
}

const remove = 'Remove it'
const limitInFront =
  'Remove it; limit the rate in front of the gateway, or use kt gateway run --max-concurrency'
const limitInTool =
  'Remove it; check amounts in the tool itself, or bound them with tool-validation'
const inOrder =
  'Remove it; targets that serve the same model are tried in the order of the file (see docs/guides/several-servers-for-one-model.md)'

const topLevel: readonly KnownKey[] = [
  enforcing('agents', 'give agents their own policies', remove),
  enforcing('agent_routing', 'route by agent', inOrder),
  enforcing('auto_provider_selection', 'choose a provider per call', inOrder),
  enforcing('consumer_groups', 'give groups of callers their own keys and limits', remove),
  enforcing(
    'cors',
    'restrict which web pages may call',
    'Remove it; set CORS headers in a proxy in front',
  ),
  enforcing('global_rate_limit', 'limit all calls together', limitInFront),
  enforcing('history', 'keep conversations', remove),
  enforcing(
    'ip_allowlist',
    'restrict who may connect',
    'Remove it; restrict addresses in a firewall',
  ),
  enforcing('ip_rate_limit', 'limit calls per address', limitInFront),
  enforcing('learning', 'learn from calls', remove),
  enforcing('loads', 'add remembered texts to prompts', remove),
  enforcing('memory', 'keep texts between calls', remove),
  enforcing('model_groups', 'choose one of several models', inOrder),
  enforcing('models', 'choose one of several models by weight', inOrder),
  enforcing('moderation', 'ask a moderation service', remove),
  enforcing('provider_fallback', 'go to another provider after a failure', inOrder),
  enforcing('provider_routing', 'choose a provider by a strategy', inOrder),
  enforcing('rate_limit_defaults', 'limit calls of every group', limitInFront),
  enforcing('rate_limits', 'limit calls per key, user and team', limitInFront),
  enforcing('review', 'send answers to reviewers', remove),
  enforcing('token_rate_limit', 'limit tokens', limitInFront),
  enforcing('user_rate_limit', 'limit calls per user', limitInFront),
  harmless('cache', 'keep answers for equal prompts'),
  harmless('health_monitor', 'probe the model servers in the background'),
  harmless('workflow_cache', 'keep answers of workflows'),
]

/** Parts of tests that are not run: `kt policy test` refuses a suite that relies on one. */
const tests: readonly KnownKey[] = [
  ...['testing.suites.*.assertions', 'testing.suites.*.cases.*.assertions'].map((path) => ({
    ...harmless(path, 'check the assertions'),
    instead:
      'Write what you expect under expected; kt policy test fails while assertions stand here',
  })),
  harmless('testing.default_threshold', 'use it: no assertion is scored'),
  harmless('testing.plugins', 'run them: give kt policy test --plugin instead'),
  harmless('testing.strategies', 'vary the cases'),
]

const ourSections: readonly KnownKey[] = [
  enforcing(
    'size_limits.max_header_bytes',
    'limit headers',
    'Remove it; headers are limited to 16 KiB',
  ),
  enforcing('size_limits.max_headers', 'limit headers', 'Remove it; headers are limited to 16 KiB'),
]

const providers: readonly KnownKey[] = [
  enforcing('providers.circuit_breaker', 'pause failing targets', inOrder),
  enforcing('providers.fallback', 'go to another target after a failure', inOrder),
  enforcing('providers.model_groups', 'choose one of several models', inOrder),
  enforcing('providers.routing', 'choose a target by a strategy', inOrder),
  {
    ...enforcing(
      'providers.strategy',
      'choose a target by a strategy',
      'Write strategy: ordered or strategy: single, or remove it',
    ),
    accepts: ['ordered', 'single'],
    inSchema: true,
  },
]

const otherWireFormat =
  'Remove it; only servers that speak the OpenAI API, and MLflow, are supported'
const dataPolicy = 'Remove it; list only targets whose terms you accept'

const targets: readonly KnownKey[] = [
  ...['accountIdEnvar', 'accountIdentifierEnvar'].map(foreign),
  ...['azure_api_version', 'azure_deployment', 'path_template'].map(foreign),
  ...['cloudflare_account_id_env', 'snowflake_account_identifier_env'].map(foreign),
  { ...foreign('format'), accepts: ['openai'] },
  { ...foreign('provider_type'), accepts: ['openai'] },
  ofTarget(
    'aliases',
    'serve the target under other model names',
    'Remove it; clients name the model or the id',
  ),
  ofTarget('circuit_breaker', 'pause the target after failures', remove),
  ofTarget('data_collection', 'tell the provider not to keep data', dataPolicy),
  ofTarget('data_policy', 'act on what the provider keeps', dataPolicy),
  ofTarget('escalation_routing', 'send escalations to people', remove),
  ofTarget(
    'headers',
    'send more headers',
    'Remove it; api_key_header and api_key_prefix shape the one that carries the secret',
  ),
  ofTarget(
    'secret_key_ref.store',
    'read the secret from the control plane',
    'Put the secret into an environment variable and write secret_key_ref: {env: NAME}',
  ),
  ofTarget('weight', 'share calls between targets', inOrder),
  ofTarget('zdr', 'act on zero data retention', dataPolicy),
]

const options: readonly KnownKey[] = [
  ofPolicy(
    'streaming_mode',
    'choose how streams are checked',
    'Remove it; the whole answer is always checked',
  ),
  {
    ...ofPolicy('prompt-injection.detection.backend', 'use an embedding service', 'Remove it'),
    accepts: ['local'],
  },
  ofPolicy('pii-detector.redaction.restore', 'give callers their own values back', remove),
  ofPolicy('pii-detector.redaction.hash_key_ref', 'key hashed markers', remove),
  ofPolicy('agent-firewall.rate_limits', 'limit calls of tools per minute', limitInFront),
  ofPolicy(
    'agent-firewall.rate_limit',
    'limit calls of tools per minute and session',
    'Write max_actions_per_session for its max_calls_per_session; limit the rate in front of the gateway',
  ),
  ofPolicy('agent-firewall.transaction_limits', 'limit what a transaction may cost', limitInTool),
  ofPolicy('agent-firewall.transaction_limit', 'limit what a session may cost', limitInTool),
  ofPolicy(
    'agent-firewall.kill_switches',
    'halt an agent',
    'Remove it; pii-detector and dlp-filter with action: block stop calls with such data',
  ),
  harmless('policy.agent-firewall.monitoring', 'send alerts'),
]

/** Every known key, in no particular order. */
export const knownUnavailable: readonly KnownKey[] = [
  ...topLevel,
  ...tests,
  ...ourSections,
  ...providers,
  ...targets,
  ...options,
]

function enforcing(path: string, would: string, instead: string): KnownKey {
  return { path, would, enforces: true, instead }
}

function harmless(path: string, would: string): KnownKey {
  return { path, would, enforces: false, instead: 'It can stay: no protection depends on it' }
}

function ofTarget(key: string, would: string, instead: string): KnownKey {
  return enforcing(`providers.targets.*.${key}`, would, instead)
}

function foreign(key: string): KnownKey {
  return ofTarget(key, 'speak the API of another provider', otherWireFormat)
}

function ofPolicy(key: string, would: string, instead: string): KnownKey {
  return enforcing(key.includes('.') ? `policy.${key}` : `policy.*.${key}`, would, instead)
}
