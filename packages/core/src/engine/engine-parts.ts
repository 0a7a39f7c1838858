import type { Config } from '../config/config.ts'
import type { Direction } from '../message/segment.ts'
import type { PolicyCall, ToolUse } from '../policies/policy.ts'
import type { CallInput } from './call-input.ts'
import type { CompiledPolicy } from './compile-chain.ts'
import type { Evaluation } from './engine.ts'
import type { MatchMemory } from './match-memory.ts'

/** What an engine is made of. */
export interface EngineParts {
  readonly config: Pick<Config, 'hash' | 'pack' | 'enforcement'>
  readonly chain: readonly CompiledPolicy[]
  readonly actsOnResponses: boolean
  readonly failMode: 'block' | 'allow'
  readonly hasSink: boolean
  readonly now: () => number
  /** What was found in texts of earlier requests; `null`: nothing is remembered. */
  readonly memory: MatchMemory | null
  readonly onEvaluated: ((evaluation: Evaluation) => void) | undefined
}

/** A call as policies may look at it. */
export function policyCall(
  { identity, model, headers }: CallInput,
  direction: Direction,
  tools: readonly ToolUse[],
): PolicyCall {
  return Object.freeze({
    direction,
    identity: identity ?? {},
    model: model ?? null,
    headers: headers ?? {},
    tools,
  })
}
