import { extractBody } from '../message/extracted-body.ts'
import type { ApiShape } from '../message/segment.ts'
import { toolsOfRequest } from '../message/tool-uses.ts'
import type { ToolUse } from '../policies/policy.ts'
import type { CallInput } from './call-input.ts'
import type { CompiledPolicy } from './compile-chain.ts'
import { bindChain } from './compile-chain.ts'
import { conclude } from './conclude.ts'
import type { BodyDecision } from './decision.ts'
import type { EngineParts } from './engine-parts.ts'
import { policyCall } from './engine-parts.ts'
import { startEvaluationClock } from './evaluation-clock.ts'
import { hideKeys, secretKeysOf } from './hide-keys.ts'
import { LeafState } from './leaf-state.ts'
import { createPacer } from './pacer.ts'
import { runChain } from './run-chain.ts'
import { countUnscannable, unscannableBlock } from './unscannable-block.ts'

interface Request {
  readonly form: 'request' | 'messages'
  /** The API whose body it is; chat for messages of a library caller. */
  readonly shape?: ApiShape
  readonly source: string
  readonly input: CallInput
}

/** What an answer is judged with beside its own text. */
export interface BoundCall {
  readonly chain: readonly CompiledPolicy[]
  /** The tools of the request. */
  readonly tools: readonly ToolUse[]
}

/** What each decision was made with: what its policies remember is for the answer. */
const boundCalls = new WeakMap<object, BoundCall>()

/** The chain and the tools of the call that `decision` is about; a fresh chain and no tools without a decision. */
export function boundCall(
  { chain }: EngineParts,
  { identity = {} }: CallInput,
  decision: object | undefined,
): BoundCall {
  return (decision && boundCalls.get(decision)) ?? { chain: bindChain(chain, identity), tools: [] }
}

/** Reads a request, runs the chain on it and says what came of it. Throws for a body that cannot be read. */
export async function checkRequest(parts: EngineParts, request: Request): Promise<BodyDecision> {
  const { form, shape = 'chat.completions', source, input } = request
  const over = startEvaluationClock(parts, 'request')
  const body = extractBody(source, { form, shape, dropLogprobs: false })
  const states = body.leaves.map((leaf) => new LeafState(leaf))
  const chain = bindChain(parts.chain, input.identity ?? {})
  const tools = toolsOfRequest({ source, root: body.root })
  const pacer = createPacer()
  const outcome = await runChain(chain, {
    call: policyCall(input, 'request', tools),
    states,
    pacer,
    failMode: parts.failMode,
    hasSink: parts.hasSink,
    blockedBefore: unscannableBlock(body.unscannable, parts.config.enforcement.on_unscannable),
  })
  const decision = conclude(parts, {
    direction: 'request',
    input,
    request: null,
    outcome: hideKeys(outcome, secretKeysOf(states)),
    notScanned: countUnscannable(body.unscannable),
  })
  const checked = decision.outcome === 'block' ? decision : { ...decision, body: body.finish() }
  if (checked.outcome !== 'block') boundCalls.set(checked, { chain, tools })
  over(pacer)
  return checked
}
