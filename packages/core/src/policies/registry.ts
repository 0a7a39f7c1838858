import { auditLogger } from './audit-logger/audit-logger.ts'
import { dlpFilter } from './dlp-filter/dlp-filter.ts'
import { piiDetector } from './pii-detector/pii-detector.ts'
import type { PolicyDefinition } from './policy.ts'
import { promptInjection } from './prompt-injection/prompt-injection.ts'

/**
 * Every policy kind that comes with Keeptrusts, sorted by kind: the one place that knows them all.
 * Pass `[...builtinPolicies, mine]` to `loadConfig` to add your own.
 */
export const builtinPolicies: readonly PolicyDefinition[] = [
  auditLogger,
  dlpFilter,
  piiDetector,
  promptInjection,
]
