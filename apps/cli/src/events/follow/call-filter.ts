import type { Call } from '../call.ts'

/** Which calls are shown; an absent member lets all through. */
export interface CallMatch {
  /** The chain's outcome. */
  readonly verdict?: string
  /** A policy kind that acted, or would have. */
  readonly policy?: string
  readonly model?: string
}

/** Whether a call is one of those asked for, as `kt events list` chooses them. */
export function matchesCall(call: Call, { verdict, policy, model }: CallMatch): boolean {
  if (verdict !== undefined && call.verdict !== verdict) return false
  if (model !== undefined && call.model !== model) return false
  if (policy === undefined) return true
  return call.policies.some(
    (run) => run.policy === policy && /^(?:would_)?(?:redact|block)$/.test(run.verdict),
  )
}
