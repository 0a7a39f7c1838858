import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { canonicalForm } from './canonical-form.ts'
import type {
  AuditStoreSettings,
  ChainPolicy,
  Config,
  ConfigIssue,
  LocatedTest,
  MlflowCallback,
  Target,
} from './config.ts'
import type { ConfigValues } from './config-schema.ts'

/** What a checked configuration consists of. */
export interface ConfigParts {
  readonly values: ConfigValues
  readonly files: readonly string[]
  readonly targets: readonly Target[]
  readonly callbacks: readonly MlflowCallback[]
  readonly chain: readonly ChainPolicy[]
  readonly tests: readonly LocatedTest[]
  readonly warnings: readonly ConfigIssue[]
}

/** Puts the read-only configuration together, with its canonical form and hash. */
export function buildConfig(parts: ConfigParts): Config {
  const { values, files, targets, callbacks, chain, tests, warnings } = parts
  const { name = '', version = '', enabled, description } = values.pack ?? { enabled: true }
  const content = {
    pack: { name, version, enabled, ...(description === undefined ? {} : { description }) },
    targets,
    strategy: values.providers?.strategy ?? 'ordered',
    chain,
    enforcement: values.enforcement,
    access: values.access,
    audit_store: auditStore(values.audit_store),
    callbacks,
    size_limits: values.size_limits,
  }
  const canonical = canonicalForm(content)
  const hash = bytesToHex(sha256(utf8ToBytes(canonical)))
  return deepFreeze({ files, hash, canonical, ...content, tests, warnings })
}

/** `type` is always there: the schema requires it. */
function auditStore({ anchors, ...rest }: ConfigValues['audit_store']): AuditStoreSettings {
  if (anchors === undefined) return rest
  return { ...rest, anchors: anchors.map(({ type = 'file', ...anchor }) => ({ type, ...anchor })) }
}

/** Policy definitions may be foreign and are not ours to freeze. */
function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const [key, part] of Object.entries(value)) {
    if (key !== 'definition') deepFreeze(part)
  }
  return Object.freeze(value)
}
