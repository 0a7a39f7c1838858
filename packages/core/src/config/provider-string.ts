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

/** One mode of a provider: what a target that names it talks to. */
export interface ProviderMode {
  /** The server that is expected there, for people. */
  readonly server: string
  /** Where a call goes, in terms of the target's `base_url`. */
  readonly call: string
  /** True when the server is asked which kind it is, and called as what it turns out to be (decision W3). */
  readonly probes: boolean
  /** False when the server has no streams: then a client that asks for one gets the whole answer as one. */
  readonly streams: boolean
}

/** What a provider can do: modes that work, and modes that are known but not available in this version. */
export interface KnownProvider {
  readonly modes: Readonly<Record<string, ProviderMode>>
  readonly laterModes: readonly string[]
  /** Where its API is when a target has no `base_url`; `null` when there is no public one. */
  readonly defaultBaseUrl: string | null
  /** Variable that is used for that public API when the target names none. */
  readonly defaultSecretEnv: string | null
}

/**
 * Providers that calls can be forwarded to (decision W10). The reference page is made of this, and the conformance
 * test of the gateway's providers compares it with what really goes over the wire.
 */
export const knownProviders: Readonly<Record<string, KnownProvider>> = {
  openai: {
    modes: {
      chat: {
        server:
          'OpenAI, or any server that speaks its API: vLLM, Ollama, mlflow gateway start, a Databricks workspace',
        call: '<base_url>/chat/completions',
        probes: true,
        streams: true,
      },
    },
    laterModes: ['completion', 'embedding', 'responses'],
    defaultBaseUrl: 'https://api.openai.com/v1',
    defaultSecretEnv: 'OPENAI_API_KEY',
  },
  mlflow: {
    modes: {
      chat: {
        server: 'mlflow models serve',
        call: '<base_url without /v1>/invocations',
        probes: false,
        streams: false,
      },
      responses: {
        server: 'An agent server of MLflow (mlflow.genai.agent_server)',
        call: '<base_url without /v1>/invocations',
        probes: false,
        streams: true,
      },
      gateway: {
        server: 'An endpoint of the AI gateway in mlflow server',
        call: '<base_url without /v1>/gateway/mlflow/v1/chat/completions',
        probes: false,
        streams: true,
      },
    },
    laterModes: [],
    defaultBaseUrl: null,
    defaultSecretEnv: null,
  },
  databricks: {
    modes: {
      chat: {
        server: 'A serving endpoint of a Databricks workspace',
        call: '<base_url>/chat/completions',
        probes: false,
        streams: true,
      },
    },
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
