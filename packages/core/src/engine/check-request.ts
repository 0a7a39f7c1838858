import { extractBody } from '../message/extracted-body.ts'
import type { ApiShape } from '../message/segment.ts'
import type { CallInput } from './call-input.ts'
import type { CompiledPolicy } from './compile-chain.ts'
import { bindChain } from './compile-chain.ts'
import { conclude } from './conclude.ts'
import type { BodyDecision } from './decision.ts'
import type { EngineParts } from './engine-parts.ts'
import { policyCall } from './engine-parts.ts'
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

/** The chain that each decision was made with: what its policies remember is for the answer. */
const boundChains = new WeakMap<object, readonly CompiledPolicy[]>()

/** The chain of the call that `decision` is about; a fresh one without a decision. */
export function chainOf(
  { chain }: EngineParts,
  { identity = {} }: CallInput,
  decision: object | undefined,
): readonly CompiledPolicy[] {
  return (decision && boundChains.get(decision)) ?? bindChain(chain, identity)
}

/** Reads a request, runs the chain on it and says what came of it. Throws for a body that cannot be read. */
export async function checkRequest(parts: EngineParts, request: Request): Promise<BodyDecision> {
  const { form, shape = 'chat.completions', source, input } = request
  const body = extractBody(source, { form, shape, dropLogprobs: false })
  const states = body.leaves.map((leaf) => new LeafState(leaf))
  const chain = bindChain(parts.chain, input.identity ?? {})
  const outcome = await runChain(chain, {
    call: policyCall(input, 'request'),
    states,
    pacer: createPacer(),
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
  if (decision.outcome === 'block') return decision
  const passed = { ...decision, body: body.finish() }
  boundChains.set(passed, chain)
  return passed
}
