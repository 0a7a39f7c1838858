import type { Segment } from '../message/segment.ts'
import type { Match, Refusal } from '../policies/policy.ts'
import type { CompiledPolicy } from './compile-chain.ts'
import type { Block, Finding, PolicyVerdict } from './decision.ts'

/** What a policy said about one side of a call, before it is weighed. */
export interface Said {
  readonly refusal: Refusal | null
  /** Address of the tool that the refusal is about; `null` for one of the whole call. */
  readonly param: string | null
  readonly findings: readonly Finding[]
  readonly failed: boolean
}

/** A match as the decision reports it. An identifier is never edited (decision T2); a monitored match does nothing. */
export function findingOf(
  { kind, enforced }: CompiledPolicy,
  { address, role, kind: leafKind }: Pick<Segment, 'address' | 'role' | 'kind'>,
  { rule, type, action, score, start, end, monitored }: Match,
): Finding {
  const fixed = action === 'redact' && leafKind === 'identifier'
  const finding: Finding = {
    ...{ policy: kind, rule, type, action, score, address, role, start, end },
    enforced: enforced && !fixed && monitored !== true,
  }
  if (monitored) return { ...finding, note: 'monitored' }
  return fixed ? { ...finding, note: 'not_editable' } : finding
}

/** Why an enforced policy stops the call; `null` when it does not. */
export function blockOf(
  compiled: CompiledPolicy,
  { refusal, param, findings, failed }: Said,
  failMode: 'block' | 'allow',
): Block | null {
  const { kind, policy, reasonCode, enforced } = compiled
  if (!enforced) return null
  if (refusal !== null) {
    const reason = refusal.reason ?? reasonCode
    return { policy: kind, reason, message: refusal.message, param }
  }
  const message = policy.blockMessage ?? `The policy "${kind}" refused this call`
  const first = findings.find(({ action, note }) => action === 'block' && note === undefined)
  if (first !== undefined) {
    const reason = reasonOf(compiled, first)
    return { policy: kind, reason, message, param: first.address || null }
  }
  if (!failed || failMode === 'allow') return null
  const failure = `The policy "${kind}" failed, and what it could not check is not let through`
  return { policy: kind, reason: 'policy_failed', message: failure, param: null }
}

/** The verdict of a policy that was asked. `duration` in milliseconds. */
export function verdictOf(
  compiled: CompiledPolicy,
  { refusal, findings, failed }: Omit<Said, 'param'>,
  duration: number,
): PolicyVerdict {
  const { kind, enforced } = compiled
  const base = { policy: kind, findings, duration_us: Math.max(0, Math.round(duration * 1000)) }
  const blocks =
    refusal !== null ||
    findings.some(({ action, note }) => action === 'block' && note === undefined)
  if (failed && !(enforced && blocks)) return { ...base, verdict: 'error', reason: 'policy_failed' }
  const redacts = findings.some(({ action, note }) => action === 'redact' && note === undefined)
  const reason = refusal?.reason ?? reasonOf(compiled, refusal === null ? findings[0] : undefined)
  if (!blocks && !redacts) {
    const reported = findings.some(({ note }) => note === 'monitored')
    if (reported) return { ...base, verdict: 'would_redact', reason }
    return { ...base, verdict: 'pass', reason: null }
  }
  if (enforced) return { ...base, verdict: blocks ? 'block' : 'redact', reason }
  return { ...base, verdict: blocks ? 'would_block' : 'would_redact', reason }
}

function reasonOf({ policy, reasonCode }: CompiledPolicy, finding: Finding | undefined): string {
  return (finding && policy.reasons?.[finding.rule]) ?? reasonCode
}
