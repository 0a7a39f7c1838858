import { apiShapes } from '../message/api-shapes.ts'
import type { ApiShape } from '../message/segment.ts'
import type { CompiledPolicy } from './compile-chain.ts'
import { judgesToolsOnly } from './compile-chain.ts'
import type { Block, PolicyVerdict } from './decision.ts'
import type { Run } from './run-policy.ts'
import { runPolicy } from './run-policy.ts'

export interface ChainOutcome {
  readonly policies: readonly PolicyVerdict[]
  readonly block: Block | null
}

export interface ChainRun extends Run {
  /** A block that stands before any policy is asked. */
  readonly blockedBefore: Block | null
  readonly hasSink: boolean
  readonly shape: ApiShape
}

/**
 * Runs a chain in its order, each policy on the text as the ones before left it. The first enforced block ends the
 * deciding; observing policies are never skipped for it.
 */
export async function runChain(
  chain: readonly CompiledPolicy[],
  run: ChainRun,
): Promise<ChainOutcome> {
  const policies: PolicyVerdict[] = []
  let block = run.blockedBefore
  for (const compiled of chain) {
    const idle = idleReason(compiled, run, block)
    if (idle !== null || compiled.policy.observes) {
      policies.push(unasked(compiled, idle))
      continue
    }
    const outcome = await runPolicy(compiled, run)
    policies.push(outcome.verdict)
    block = outcome.block
  }
  return { policies, block }
}

function idleReason(compiled: CompiledPolicy, run: ChainRun, block: Block | null): string | null {
  const idle = compiled.idle[run.call.direction]
  if (idle !== null) return idle
  if (compiled.policy.observes) return run.hasSink ? null : 'no_sink'
  if (block !== null) return 'blocked_before'
  const hasNoTools = run.call.tools.length === 0 && !apiShapes[run.shape].hasTools
  return hasNoTools && judgesToolsOnly(compiled, 'request') ? 'no_tools' : null
}

function unasked({ kind }: CompiledPolicy, reason: string | null): PolicyVerdict {
  const verdict = reason === null ? 'pass' : 'not_run'
  return { policy: kind, verdict, reason, findings: [], duration_us: 0 }
}
