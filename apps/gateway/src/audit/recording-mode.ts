import type { Config } from '@keeptrusts/core'

/**
 * When a call is recorded (decision L1):
 * - `every`: each call, durable before it goes on and before its answer;
 * - `exceptions`: only calls that were not plainly allowed, durable before their answer;
 * - `background`: each call, never waited for;
 * - `none`: nothing.
 */
export type RecordingMode = 'every' | 'exceptions' | 'background' | 'none'

/** The mode that a configuration asks for. */
export function recordingMode(config: Config): RecordingMode {
  if (config.audit_store.kind === 'none') return 'none'
  const logger = config.chain.find((policy) => policy.kind === 'audit-logger')
  if (!logger) return 'background'
  return logger.options['log_all_access'] === false ? 'exceptions' : 'every'
}

/** How long records are kept without an `audit-logger` in the chain (decision L1). */
const backgroundDays = 30

/** For how many days a configuration keeps records. */
export function retentionDays(config: Config): number {
  const logger = config.chain.find((policy) => policy.kind === 'audit-logger')
  const days = logger?.options['retention_days']
  return typeof days === 'number' ? days : backgroundDays
}
