import type { BodyDecision } from '@keeptrusts/core'
import type { Call } from '../call/call.ts'

interface Decided {
  readonly call: Call
  readonly decision: BodyDecision
}

/** Makes the decision durable before anything else happens with the call. Throws `audit_unavailable`. */
export async function recordDecision({ call, decision }: Decided): Promise<void> {
  await call.journal.decide(decision)
}
