import type { AuditEvent } from '../audit/audit-event.ts'
import { buildCompletedEvent } from '../audit/completed-event.ts'
import { buildDecidedEvent } from '../audit/decided-event.ts'
import { newRequestId } from '../audit/event-id.ts'
import type { Config } from '../config/config.ts'
import { apiShapes } from '../message/api-shapes.ts'
import type { BodyForm, ExtractedBody } from '../message/extracted-body.ts'
import { extractBody } from '../message/extracted-body.ts'
import type { ApiShape, Direction } from '../message/segment.ts'
import type { CompiledPolicy } from './compile-chain.ts'
import type { BodyDecision } from './decision.ts'
import type { CallInput } from './engine.ts'
import { hideKeys } from './hide-keys.ts'
import { LeafState } from './leaf-state.ts'
import { createPacer } from './pacer.ts'
import type { ChainOutcome } from './run-chain.ts'
import { runChain } from './run-chain.ts'
import { countUnscannable, unscannableBlock } from './unscannable-block.ts'

/** What an engine is made of. */
export interface EngineParts {
  readonly config: Pick<Config, 'hash' | 'pack' | 'enforcement'>
  readonly chain: readonly CompiledPolicy[]
  readonly actsOnResponses: boolean
  readonly failMode: 'block' | 'allow'
  readonly hasSink: boolean
  readonly now: () => number
}

/** One side of one call. */
export interface Side {
  readonly form: BodyForm
  readonly shape?: ApiShape
  readonly sources: readonly string[]
  readonly input: CallInput
  /** `request.decided` of the call, for an answer. */
  readonly request: AuditEvent | null
}

/** Reads a body, runs the chain on it and says what came of it. Throws for a body that cannot be read. */
export async function checkBody(parts: EngineParts, side: Side): Promise<BodyDecision> {
  const direction = directionOf(side.form)
  const body = extractBody(side.sources, {
    form: side.form,
    ...(side.shape && { shape: side.shape }),
    dropLogprobs: parts.actsOnResponses,
  })
  const outcome = await decide(parts, side, body)
  const facts = {
    direction,
    policies: outcome.policies,
    findings: outcome.policies.flatMap(({ findings }) => findings),
    not_scanned: countUnscannable(body.unscannable),
  }
  const { block } = outcome
  const redacted = outcome.policies.some(({ verdict }) => verdict === 'redact')
  const passed = redacted ? ('redact' as const) : ('allow' as const)
  const event = eventOf(parts, side, {
    ...facts,
    outcome: block === null ? passed : 'block',
    ...(block === null ? {} : { block }),
  })
  if (block !== null) return { outcome: 'block', ...facts, ...block, event }
  return { outcome: passed, ...facts, event, body: body.finish() }
}

async function decide(parts: EngineParts, side: Side, body: ExtractedBody): Promise<ChainOutcome> {
  const direction = directionOf(side.form)
  const { identity, model, headers } = side.input
  const states = body.leaves.map((leaf) => new LeafState(leaf))
  const outcome = await runChain(parts.chain, {
    call: Object.freeze({
      direction,
      identity: identity ?? {},
      model: model ?? null,
      headers: headers ?? {},
    }),
    states,
    pacer: createPacer(),
    failMode: parts.failMode,
    hasSink: parts.hasSink,
    hasNoText: direction === 'response' && isWithoutText(side, body),
    blockedBefore:
      direction === 'request'
        ? unscannableBlock(body.unscannable, parts.config.enforcement.on_unscannable)
        : null,
  })
  return hideKeys(outcome, states)
}

/** What should hold no text and holds some all the same is looked at. */
function isWithoutText({ shape = 'chat.completions' }: Side, { leaves }: ExtractedBody): boolean {
  return !apiShapes[shape].answersInText && leaves.every(({ kind }) => kind === 'identifier')
}

function directionOf(form: BodyForm): Direction {
  return form === 'request' || form === 'messages' ? 'request' : 'response'
}

function eventOf(
  { config, now }: EngineParts,
  { form, input, request }: Side,
  side: Parameters<typeof buildDecidedEvent>[0]['side'],
): AuditEvent {
  const time = now()
  const requestId = request?.request_id ?? input.requestId ?? newRequestId(time)
  const call = { requestId, time, config }
  return directionOf(form) === 'request'
    ? buildDecidedEvent({ ...call, side })
    : buildCompletedEvent({ ...call, side, request })
}
