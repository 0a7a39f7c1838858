import type { Match, PolicyCall, Refusal } from '../policies/policy.ts'
import type { Steps } from '../text/steps.ts'
import type { CompiledPolicy } from './compile-chain.ts'
import type { Finding, PolicyVerdict } from './decision.ts'
import { findMatches } from './find-matches.ts'
import type { LeafState } from './leaf-state.ts'
import type { Pacer } from './pacer.ts'
import { resolveEdits } from './resolve-edits.ts'

/** Why a call stops. */
export interface Block {
  readonly policy: string
  readonly reason: string
  readonly message: string
  readonly param: string | null
}

export interface PolicyOutcome {
  readonly verdict: PolicyVerdict
  readonly block: Block | null
}

/** One evaluation: what is looked at, and how. */
export interface Run {
  readonly call: PolicyCall
  readonly states: readonly LeafState[]
  readonly pacer: Pacer
  readonly failMode: 'block' | 'allow'
}

/** What a policy said, before it is weighed. */
interface Said {
  readonly refusal: Refusal | null
  readonly found: readonly { readonly state: LeafState; readonly matches: readonly Match[] }[]
  readonly failed: boolean
}

/** Asks one policy about everything, applies its redactions if they are enforced, and says what it came to. */
export async function runPolicy(compiled: CompiledPolicy, run: Run): Promise<PolicyOutcome> {
  const { pacer } = run
  const started = performance.now()
  const awayBefore = pacer.away
  const said = await ask(compiled, run)
  const findings = findingsOf(compiled, said)
  const block = compiled.enforced
    ? blockOf(compiled, said, { findings, failMode: run.failMode })
    : null
  if (compiled.enforced && block === null) {
    for (const { state, matches } of said.found) {
      if (state.leaf.kind === 'text') state.leaf.strand.edit(resolveEdits(matches))
    }
  }
  const duration = performance.now() - started - (pacer.away - awayBefore)
  return { verdict: verdictOf(compiled, said, { findings, block, duration }), block }
}

/** A policy that throws is asked on: what else it finds still counts when failures are let pass. */
async function ask({ policy }: CompiledPolicy, run: Run): Promise<Said> {
  let failed = false
  let refusal: Refusal | null = null
  try {
    refusal = (await policy.judge?.(run.call)) ?? null
  } catch {
    failed = true
  }
  const found: { state: LeafState; matches: Match[] }[] = []
  if (policy.inspect === undefined) return { refusal, found, failed }
  for (const state of run.states) {
    if (run.pacer.due()) await run.pacer.yield()
    try {
      const matches = await inTurns(findMatches(policy, state, run.call.direction), run.pacer)
      if (matches.length === 0) continue
      state.hit = true
      found.push({ state, matches })
    } catch {
      failed = true
    }
  }
  return { refusal, found, failed }
}

async function inTurns<Result>(steps: Steps<Result>, pacer: Pacer): Promise<Result> {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    if (pacer.due()) await pacer.yield()
  }
}

function findingsOf({ kind, enforced }: CompiledPolicy, { found }: Said): Finding[] {
  return found.flatMap(({ state, matches }) => {
    const { address, role, kind: leafKind } = state.segment
    return matches.map(({ rule, type, action, score, start, end }) => {
      const fixed = action === 'redact' && leafKind === 'identifier'
      const finding: Finding = {
        ...{ policy: kind, rule, type, action, score, address, role, start, end },
        enforced: enforced && !fixed,
      }
      return fixed ? { ...finding, note: 'not_editable' as const } : finding
    })
  })
}

interface Weighed {
  readonly findings: readonly Finding[]
  readonly failMode: 'block' | 'allow'
}

function blockOf(
  compiled: CompiledPolicy,
  said: Said,
  { findings, failMode }: Weighed,
): Block | null {
  const { kind, policy, reasonCode } = compiled
  const message = policy.blockMessage ?? `The policy "${kind}" refused this call`
  const { refusal } = said
  if (refusal !== null) {
    const reason = refusal.reason ?? reasonCode
    return { policy: kind, reason, message: refusal.message, param: null }
  }
  const first = findings.find(({ action }) => action === 'block')
  if (first !== undefined)
    return { policy: kind, reason: reasonCode, message, param: first.address || null }
  if (!said.failed || failMode === 'allow') return null
  const failure = `The policy "${kind}" failed, and what it could not check is not let through`
  return { policy: kind, reason: 'policy_failed', message: failure, param: null }
}

interface Result {
  readonly findings: readonly Finding[]
  readonly block: Block | null
  /** Milliseconds. */
  readonly duration: number
}

function verdictOf(
  compiled: CompiledPolicy,
  said: Said,
  { findings, block, duration }: Result,
): PolicyVerdict {
  const base = {
    policy: compiled.kind,
    findings,
    duration_us: Math.max(0, Math.round(duration * 1000)),
  }
  const blocks = said.refusal !== null || findings.some(({ action }) => action === 'block')
  if (said.failed && !(compiled.enforced && blocks))
    return { ...base, verdict: 'error', reason: 'policy_failed' }
  const redacts = findings.some(({ action, note }) => action === 'redact' && note === undefined)
  if (!blocks && !redacts) return { ...base, verdict: 'pass', reason: null }
  const reason = block?.reason ?? said.refusal?.reason ?? compiled.reasonCode
  if (compiled.enforced) return { ...base, verdict: blocks ? 'block' : 'redact', reason }
  return { ...base, verdict: blocks ? 'would_block' : 'would_redact', reason }
}
