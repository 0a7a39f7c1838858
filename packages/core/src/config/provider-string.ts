/** The parts of `provider`, as in `openai:chat:my-model`. The model may hold colons and slashes. */
export interface ProviderString {
  readonly provider: string
  /** `null` when only the provider is named. */
  readonly mode: string | null
  readonly model: string | null
}

/** Splits at the first two colons. */
export function parseProviderString(text: string): ProviderString {
  const [provider = '', mode, ...model] = text.split(':')
  return { provider, mode: mode ?? null, model: model.length === 0 ? null : model.join(':') }
}

/** What a provider can do: modes that work, and modes that are known but not available in this version. */
export interface KnownProvider {
  readonly modes: readonly string[]
  readonly laterModes: readonly string[]
  /** Where its API is when a target has no `base_url`; `null` when there is no public one. */
  readonly defaultBaseUrl: string | null
  /** Variable that is used for that public API when the target names none. */
  readonly defaultSecretEnv: string | null
}

/**
 * Providers that calls can be forwarded to. `mlflow:chat` is `mlflow models serve`, `mlflow:responses` an agent server,
 * `mlflow:gateway` an endpoint of `mlflow server` (decision W10).
 */
export const knownProviders: Readonly<Record<string, KnownProvider>> = {
  openai: {
    modes: ['chat'],
    laterModes: ['completion', 'embedding', 'responses'],
    defaultBaseUrl: 'https://api.openai.com/v1',
    defaultSecretEnv: 'OPENAI_API_KEY',
  },
  mlflow: {
    modes: ['chat', 'responses', 'gateway'],
    laterModes: [],
    defaultBaseUrl: null,
    defaultSecretEnv: null,
  },
  databricks: {
    modes: ['chat'],
    laterModes: ['completion', 'embedding', 'responses'],
    defaultBaseUrl: null,
    defaultSecretEnv: null,
  },
}

const compatible =
  'When the server speaks the OpenAI API, write openai:chat:<model> with its base_url'

const later =
  `aimlapi alibaba anthropic azure azure-openai bedrock cerebras cloudera cloudflare-gateway google groq huggingface
  litellm llamaApi localai mcp ollama openllm snowflake truefoundry xai`.split(/\s+/)

/** Providers that the product knows and this version does not, with what to write instead. */
export const laterProviders: Readonly<Record<string, string>> = Object.fromEntries(
  later.map((name) => [name, compatible]),
)
