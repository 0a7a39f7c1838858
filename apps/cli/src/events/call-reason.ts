import type { Call } from './call.ts'
import type { PolicyRun } from './policy-run.ts'

const watching = ['would_block', 'would_redact']

/** What policies in monitor mode would have done with a call, the weightier first. */
function watchedRuns({ policies }: Call): readonly PolicyRun[] {
  return watching.flatMap((verdict) => policies.filter((run) => run.verdict === verdict))
}

/**
 * Why a call came out as it did, for people: its error or reason code, and what monitoring policies would have done, as in
 * `would_block: prompt_injection_detected`. The verdict stays the chain's outcome (decision N2).
 */
export function callReason(call: Call): string | null {
  const code = call.error_code ?? call.reason_code
  const watched = watchedRuns(call).map(({ verdict, reason }) => `${verdict}: ${reason ?? '?'}`)
  const isPlain = code === null || code === 'all_policies_passed'
  const reasons = isPlain && watched.length > 0 ? watched : [code ?? '', ...watched]
  return [...new Set(reasons)].join(', ') || null
}

/** The policy that decided, or else the first one that would have. */
export function blamedPolicy(call: Call): string | null {
  return call.policy ?? watchedRuns(call)[0]?.policy ?? null
}
