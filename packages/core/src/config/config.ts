import type { PolicyDefinition } from '../policies/policy.ts'
import type { syslogFacilities } from './anchor-schema.ts'
import type { PolicyTest } from './testing-schema.ts'

/** A validated, defaulted, read-only configuration: `policy-config.yaml` after aliases were folded and files layered. */
export interface Config {
  /** Where it came from, in layering order. */
  readonly files: readonly string[]
  /** SHA-256 of `canonical`, hex; in every event. */
  readonly hash: string
  /** The secret-free canonical form (decision L4): keys sorted, secrets only as references. */
  readonly canonical: string
  readonly pack: Pack
  readonly targets: readonly Target[]
  /** Whether the next target that serves a model is tried when one fails. */
  readonly strategy: 'ordered' | 'single'
  /** In evaluation order. */
  readonly chain: readonly ChainPolicy[]
  readonly enforcement: Enforcement
  readonly access: AccessSettings
  readonly audit_store: AuditStoreSettings
  readonly callbacks: readonly MlflowCallback[]
  readonly size_limits: SizeLimits
  /** From `testing.suites`; no part of the canonical form, for they change nothing about calls. */
  readonly tests: readonly LocatedTest[]
  readonly warnings: readonly ConfigIssue[]
}

export interface Pack {
  readonly name: string
  readonly version: string
  readonly enabled: boolean
  readonly description?: string
}

/** One upstream model endpoint from `providers.targets[]`. */
export interface Target {
  readonly id: string
  /** `openai`, `mlflow`, … : first part of `provider`. */
  readonly provider: string
  /** `chat`, `completion`, `embedding`, `responses`, `gateway`: second part. */
  readonly mode: string
  /** Third part (may hold colons and slashes) or `model`; what the upstream is asked for. */
  readonly model: string
  /** Normalised by WHATWG URL, no trailing slash; absent = the provider's public default. */
  readonly base_url?: string
  /** Name of the environment variable that holds the secret. */
  readonly secret_env?: string
  readonly api_key_header: string
  readonly api_key_prefix: string
  /** How to sign in; absent: with the secret above, if there is one. */
  readonly auth?: SignIn
  readonly tls?: TlsFiles
  /** Milliseconds (decision C9). */
  readonly timeouts: {
    readonly connect_ms: number
    readonly first_byte_ms: number
    readonly idle_ms: number
  }
  /** Fixes what the MLflow adapter otherwise finds out (decision W4). */
  readonly mlflow: {
    readonly input?: 'messages' | 'inputs'
    readonly allow_keys?: readonly string[]
  }
  /** Where `providers.targets[i].provider` stands, for messages that name the line to change. */
  readonly position: Position
}

/** Names of the variables that hold the credentials, and where they are turned into a token. */
export type SignIn =
  | { readonly type: 'basic'; readonly username_env: string; readonly password_env: string }
  | {
      readonly type: 'oauth_m2m'
      readonly client_id_env: string
      readonly client_secret_env: string
      readonly token_url: string
      readonly scope?: string
    }

/** PEM files for https; paths as they were written. */
export interface TlsFiles {
  readonly ca_file?: string
  readonly cert_file?: string
  readonly key_file?: string
}

/** A tracking server of MLflow that is told what was decided. */
export interface MlflowCallback {
  readonly type: 'mlflow'
  /** Normalised by WHATWG URL, no trailing slash. */
  readonly tracking_uri: string
  readonly experiment: string
  readonly run_name: string
  /** Name of the environment variable that holds the token. */
  readonly token_env?: string
  /** How to sign in; with neither this nor a token the variables of MLflow's own clients count. */
  readonly auth?: SignIn
  readonly tls?: TlsFiles
  readonly traces: boolean
  readonly flush_seconds: number
  readonly rotate_hours: number
  readonly queue_size: number
  /** Where the callback stands, for messages that name the line to change. */
  readonly position: Position
}

export interface ChainPolicy {
  readonly kind: string
  readonly definition: PolicyDefinition
  /** Validated and defaulted. */
  readonly options: Readonly<Record<string, unknown>>
  readonly mode: 'enforce' | 'monitor'
  readonly apply_to: 'input' | 'output' | 'both'
}

export interface Enforcement {
  readonly block_status: 409 | 403 | 400
  readonly on_unscannable: {
    readonly token_array: OnUnscannable
    readonly stored_context: OnUnscannable
    readonly media: OnUnscannable
  }
}
export type OnUnscannable = 'allow' | 'block'

export interface AccessSettings {
  readonly require_key: boolean
  /** CIDRs or addresses whose `X-User-*` headers count; default loopback (decision W9). */
  readonly trust_headers_from: readonly string[]
  /** Whose tokens clients may show instead of a gateway key; absent: nobody's. */
  readonly jwt?: JwtSettings
  /** Where operators sign in, beside those with a password; absent: nowhere else. */
  readonly oidc?: OidcSettings
}

/** An OpenID provider that says who operators are. */
export interface OidcSettings {
  /** `iss` of its ID tokens. */
  readonly issuer: string
  /** `aud` of its ID tokens. */
  readonly client_id: string
  /** What kt asks for. */
  readonly scopes: readonly string[]
  /** Claim that lists the roles or groups of a person, dotted for a nested one. */
  readonly roles_claim: string
  /** Role here by value of the claim. */
  readonly role_map?: Readonly<Record<string, OperatorRole>>
  /** Role of whoever has none by the map; absent: they are refused. */
  readonly default_role?: Exclude<OperatorRole, 'admin'>
  /** Seconds by which clocks may differ. */
  readonly clock_tolerance_seconds: number
}

/** What operators can be; the access store says what each may do. */
type OperatorRole = 'admin' | 'operator' | 'auditor' | 'viewer'

/** An identity provider whose access tokens (RFC 9068 or plain JWT) are accepted from clients. */
export interface JwtSettings {
  /** `iss` of its tokens. */
  readonly issuer: string
  /** One of these must stand in `aud`. */
  readonly audience: readonly string[]
  /** Where its keys are; absent: as its discovery document says. */
  readonly jwks_uri?: string
  /** Claim that names the caller, dotted for a nested one. */
  readonly subject_claim: string
  /** Claim that lists the caller's roles, dotted for a nested one. */
  readonly roles_claim: string
  /** Role here by value of the claim; without one a value is the role itself. */
  readonly role_map?: Readonly<Record<string, string>>
  /** Seconds by which clocks may differ. */
  readonly clock_tolerance_seconds: number
}

export interface AuditStoreSettings {
  readonly kind: 'sqlite' | 'none'
  /** Folder of the store; default: the data folder. */
  readonly path?: string
  readonly on_failure: 'closed' | 'open'
  readonly content: ContentLevel
  /** What stands as a keyed hash in events (decision L5). */
  readonly pseudonymize: readonly ('ip' | 'principal')[]
  /** Where checkpoints are written; absent: a file in the configuration folder. */
  readonly anchors?: readonly AnchorSettings[]
}

/** One place outside of the log for its checkpoints. */
export interface AnchorSettings {
  readonly type: 'file' | 'syslog' | 'stdout'
  /** Of a file; always there for one. */
  readonly path?: string
  /** Of a syslog server, `udp://host:port` or `tcp://host:port`. */
  readonly address?: string
  readonly facility?: (typeof syslogFacilities)[number]
  readonly tag?: string
}

/**
 * What the log keeps of the texts of a call: nothing; a keyed hash; also the request as it was forwarded and the answer as it was
 * released; also the request as the client sent it and the answer as the model did.
 */
export type ContentLevel = 'none' | 'hmac' | 'redacted' | 'full'

export interface SizeLimits {
  readonly max_body_bytes: number
  readonly max_response_bytes: number
}

/** A test, and where it stands. */
export interface LocatedTest {
  /** Name of its suite; `null` for one in a file of its own. */
  readonly suite: string | null
  readonly test: PolicyTest
  readonly position: Position
}

export interface Position {
  readonly file: string
  /** 1-based. */
  readonly line: number
  readonly column: number
}

/** One problem in a configuration (decision N4: E-codes). */
export interface ConfigIssue {
  readonly code: string
  readonly severity: 'error' | 'warning'
  /** Path as users write it, `policy.pii-detector.entities[2]`. */
  readonly path: string
  readonly position: Position
  /** What was found and what is expected. */
  readonly message: string
  /** How to fix it, with did-you-mean. */
  readonly suggestion?: string
}
