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

/** What the answer to a call is looked at with: its chain, for what the policies remember, and its tools. */
interface Asked {
  readonly chain: readonly CompiledPolicy[]
  readonly tools: readonly ToolUse[]
}

const askedBy = new WeakMap<object, Asked>()

/** The chain and the tools of the call that `decision` is about; a fresh chain without a decision. */
export function askedOf(
  { chain }: EngineParts,
  { identity = {} }: CallInput,
  decision: object | undefined,
): Asked {
  return (decision && askedBy.get(decision)) ?? { chain: bindChain(chain, identity), tools: [] }
}

/** Reads a request, runs the chain on it and says what came of it. Throws for a body that cannot be read. */
export async function checkRequest(parts: EngineParts, request: Request): Promise<BodyDecision> {
  const { form, shape = 'chat.completions', source, input } = request
  const over = startEvaluationClock(parts, 'request')
  const body = extractBody(source, { form, shape, dropLogprobs: false })
  const states = body.leaves.map((leaf) => new LeafState(leaf))
  const chain = bindChain(parts.chain, input.identity ?? {})
  const asks = parts.chain.some(({ policy }) => policy.judge ?? policy.judgeTool)
  const tools = asks ? toolsOfRequest(body.root, source) : []
  const pacer = createPacer()
  const outcome = await runChain(chain, {
    call: policyCall(input, 'request', tools),
    shape,
    states,
    pacer,
    failMode: parts.failMode,
    hasSink: parts.hasSink,
    memory: parts.memory?.of(input.identity?.subject ?? '') ?? null,
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
  if (checked.outcome !== 'block') askedBy.set(checked, { chain, tools })
  over(pacer)
  return checked
}
