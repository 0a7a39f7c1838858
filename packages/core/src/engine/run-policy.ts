import type { Match, PolicyCall, Refusal } from '../policies/policy.ts'
import type { Steps } from '../text/steps.ts'
import type { CompiledPolicy } from './compile-chain.ts'
import type { Block, Finding, PolicyVerdict } from './decision.ts'
import { findMatches } from './find-matches.ts'
import type { LeafState } from './leaf-state.ts'
import type { Pacer } from './pacer.ts'
import { resolveEdits } from './resolve-edits.ts'
import { blockOf, findingOf, verdictOf } from './weigh-findings.ts'

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

interface Asked {
  readonly refusal: Refusal | null
  readonly found: readonly { readonly state: LeafState; readonly matches: readonly Match[] }[]
  readonly failed: boolean
}

/** After so many findings it is time to see whether others wait. */
const manyFindings = 1000

/** Asks one policy about everything, applies its redactions if they are enforced, and says what it came to. */
export async function runPolicy(compiled: CompiledPolicy, run: Run): Promise<PolicyOutcome> {
  const { pacer } = run
  const started = performance.now()
  const awayBefore = pacer.away
  const { refusal, found, failed } = await ask(compiled, run)
  const findings: Finding[] = []
  for (const { state, matches } of found) {
    const { segment } = state
    for (const match of matches) {
      if (findings.length % manyFindings === 0 && pacer.due()) await pacer.yield()
      findings.push(findingOf(compiled, segment, match))
    }
  }
  const said = { refusal, findings, failed }
  const block = blockOf(compiled, said, run.failMode)
  if (compiled.enforced && block === null) {
    for (const { state, matches } of found) {
      if (state.leaf.kind === 'text') state.leaf.strand.edit(resolveEdits(matches))
    }
  }
  const duration = performance.now() - started - (pacer.away - awayBefore)
  return { verdict: verdictOf(compiled, said, duration), block }
}

/** A policy that throws is asked on: what else it finds still counts when failures are let pass. */
async function ask({ policy }: CompiledPolicy, run: Run): Promise<Asked> {
  let failed = false
  let refusal: Refusal | null = null
  try {
    refusal = (await policy.judge?.(run.call)) ?? null
    policy.prepare?.(run.states.map(({ segment }) => segment))
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
