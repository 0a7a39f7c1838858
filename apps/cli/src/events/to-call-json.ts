import type { Call } from './call.ts'

/** A call as `--json` prints it: the product's fields first, then ours (decision N2). */
export function toCallJson(call: Call): Record<string, unknown> {
  const { id, timestamp, verdict, reason_code, model, provider, config_version, ...ours } = call
  return {
    id,
    event_type: 'decision',
    timestamp,
    verdict,
    reason_code,
    model,
    provider,
    config_version,
    ...ours,
  }
}
