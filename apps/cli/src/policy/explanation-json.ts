import type { BodyDecision, ExplainedSegment } from '@keeptrusts/core'
import type { ExplainedPrompt } from './explain-prompt.ts'

export interface ExplanationView {
  /** Whether the prompt may be printed. */
  readonly showText: boolean
}

/** An explanation for programs. `verdict` is the chain's outcome; that of one policy stands in `policies[]` (decision N2). */
export function toExplanationJson(
  { config, decision, segments }: ExplainedPrompt,
  view: ExplanationView,
): Record<string, unknown> {
  const { event, not_scanned } = decision
  return {
    pack: { name: config.pack.name, version: config.pack.version },
    verdict: decision.outcome,
    reason_code: event['reason_code'] ?? null,
    policy: event['policy'] ?? null,
    param: event['param'] ?? null,
    message: decision.outcome === 'block' ? decision.message : null,
    policies: decision.policies.map(({ policy, verdict, reason, findings, duration_us }) => ({
      policy,
      verdict,
      reason,
      findings_total: findings.length,
      duration_us,
    })),
    segments: segments.map((segment) => segmentJson(segment, view)),
    not_scanned,
    ...(view.showText && { forwarded: forwardedBy(decision) }),
  }
}

function segmentJson(
  { findings, text, ...place }: ExplainedSegment,
  { showText }: ExplanationView,
): Record<string, unknown> {
  return {
    ...place,
    length: text.length,
    ...(showText && { text }),
    findings: findings.map(({ address: _, role: __, text: matched, note, ...finding }) => ({
      ...finding,
      note: note ?? null,
      ...(showText && { text: matched }),
    })),
  }
}

/** The request as the model server would get it; `null` when it would get none. */
export function forwardedBy(decision: BodyDecision): unknown {
  return decision.outcome === 'block' ? null : JSON.parse(decision.body.source)
}
