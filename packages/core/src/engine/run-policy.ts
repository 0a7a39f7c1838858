import type { Match, Policy, PolicyCall, Refusal } from '../policies/policy.ts'
import type { Steps } from '../text/steps.ts'
import type { CompiledPolicy } from './compile-chain.ts'
import type { Block, Finding, PolicyVerdict } from './decision.ts'
import { checkedMatches, findMatches } from './find-matches.ts'
import type { LeafState } from './leaf-state.ts'
import type { CallerMemory } from './match-memory.ts'
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
  readonly memory: CallerMemory | null
}

interface Found {
  readonly state: LeafState
  readonly matches: readonly Match[]
}

interface Asked {
  readonly refusal: Refusal | null
  /** Address of the tool that was refused. */
  readonly param: string | null
  readonly found: readonly Found[]
  readonly failed: boolean
}

/** After so many findings it is time to see whether others wait. */
const manyFindings = 1000

/** Asks one policy about everything, applies its redactions if they are enforced, and says what it came to. */
export async function runPolicy(compiled: CompiledPolicy, run: Run): Promise<PolicyOutcome> {
  const { pacer } = run
  const started = performance.now()
  const awayBefore = pacer.away
  const { refusal, param, found, failed } = await ask(compiled, run)
  const findings: Finding[] = []
  for (const { state, matches } of found) {
    const { segment } = state
    for (const match of matches) {
      if (findings.length % manyFindings === 0 && pacer.due()) await pacer.yield()
      findings.push(findingOf(compiled, segment, match))
    }
  }
  const said = { refusal, param, findings, failed }
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
  let param: string | null = null
  try {
    refusal = (await policy.judge?.(run.call)) ?? null
    if (refusal === null) ({ refusal, param } = judgeTools(policy, run.call))
    policy.prepare?.(run.states.map(({ segment }) => segment))
  } catch {
    failed = true
  }
  let found: Found[] = []
  if (policy.inspect === undefined) return { refusal, param, found, failed }
  const look = { direction: run.call.direction, memory: run.memory }
  for (const state of run.states) {
    if (run.pacer.due()) await run.pacer.yield()
    try {
      const matches = await inTurns(findMatches(policy, state, look), run.pacer)
      found.push({ state, matches })
    } catch {
      failed = true
    }
  }
  try {
    if (run.call.direction === 'request') found = await consult(policy, found, run.pacer)
  } catch {
    failed = true
  }
  found = found.flatMap(({ state, matches }) => {
    const certain = matches.filter(({ uncertain }) => uncertain !== true)
    return certain.length === 0 ? [] : [{ state, matches: certain }]
  })
  for (const { state } of found) state.hit = true
  return { refusal, param, found, failed }
}

/** What the policy says about the first tool of the request that it refuses. */
function judgeTools(policy: Policy, call: PolicyCall): Pick<Asked, 'refusal' | 'param'> {
  if (policy.judgeTool === undefined) return { refusal: null, param: null }
  for (const tool of call.tools) {
    const refusal = policy.judgeTool(tool, call)
    if (refusal !== null) return { refusal, param: tool.address || null }
  }
  return { refusal: null, param: null }
}

/** What counts after the policy has asked somebody else. The wait is not the policy's own time. */
async function consult(policy: Policy, found: readonly Found[], pacer: Pacer): Promise<Found[]> {
  if (policy.consult === undefined) return [...found]
  const asked = policy.consult(
    found.map(({ state, matches }) => ({ segment: state.segment, matches })),
  )
  const answers = await pacer.wait(asked)
  if (answers.length !== found.length) throw new TypeError('a policy must answer for every text')
  return found.map(({ state }, index) => ({
    state,
    matches: checkedMatches(answers[index] ?? [], state.segment.text),
  }))
}

async function inTurns<Result>(steps: Steps<Result>, pacer: Pacer): Promise<Result> {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    if (pacer.due()) await pacer.yield()
  }
}
