import type { AuditEvent } from '../audit/audit-event.ts'
import type { CallInput } from '../engine/call-input.ts'
import type { CompiledPolicy } from '../engine/compile-chain.ts'
import { conclude } from '../engine/conclude.ts'
import type { BodyDecision } from '../engine/decision.ts'
import type { EngineParts } from '../engine/engine-parts.ts'
import { policyCall } from '../engine/engine-parts.ts'
import { startEvaluationClock } from '../engine/evaluation-clock.ts'
import { hideKeys } from '../engine/hide-keys.ts'
import type { Pacer } from '../engine/pacer.ts'
import { createPacer } from '../engine/pacer.ts'
import { countUnscannable } from '../engine/unscannable-block.ts'
import type { Replacement } from '../json/splice-json.ts'
import { apiShapes } from '../message/api-shapes.ts'
import { extractBody } from '../message/extracted-body.ts'
import type { Leaf } from '../message/extraction.ts'
import type { ApiShape, Unscannable } from '../message/segment.ts'
import { callsOfAnswer } from '../message/tool-uses.ts'
import type { ToolUse } from '../policies/policy.ts'
import { AnswerSession } from './answer-session.ts'
import type { Piece } from './piece.ts'
import type { TextGuard } from './text-guard.ts'

/** An answer, and the call that it belongs to. */
export interface Answer {
  readonly chain: readonly CompiledPolicy[]
  /** The tools of the request. */
  readonly tools: readonly ToolUse[]
  readonly input: CallInput
  /** `request.decided` of the call; `null` for an answer by itself. */
  readonly request: AuditEvent | null
}

interface AnswerBody {
  readonly source: string
  readonly form: 'answer' | 'answer-messages'
  /** The API whose body it is; chat for messages of a library caller. */
  readonly shape?: ApiShape
}

/** Runs the chain over a whole answer: by the same guards that look after a stream. Throws for a body that cannot be read. */
export async function checkAnswer(
  parts: EngineParts,
  answer: Answer,
  { source, form, shape = 'chat.completions' }: AnswerBody,
): Promise<BodyDecision> {
  const over = startEvaluationClock(parts, 'response')
  const body = extractBody(source, { form, shape, dropLogprobs: parts.actsOnResponses })
  const hasNoText = !apiShapes[shape].answersInText && body.leaves.every(isIdentifier)
  const session = openSession(parts, answer, { shape, hasNoText })
  const pacer = createPacer()
  await session.judge()
  for (const leaf of body.leaves) {
    if (session.block !== null) break
    await checkLeaf(session, leaf, pacer)
  }
  const finished = session.block === null ? body.finish() : null
  if (finished !== null && session.judgesTools)
    for (const call of callsOfAnswer(finished.source)) session.judgeCall(call)
  const decision = concludeAnswer(parts, answer, { session, unscannable: body.unscannable })
  const checked =
    decision.outcome === 'block' ? decision : { ...decision, body: finished ?? body.finish() }
  over(pacer)
  return checked
}

interface AnswerKind {
  readonly shape: ApiShape
  /** True for an answer that is no text, as vectors are. */
  readonly hasNoText?: boolean
}

/** The session of an answer. */
export function openSession(
  { failMode, hasSink }: EngineParts,
  { chain, tools, input }: Answer,
  { shape, hasNoText = false }: AnswerKind,
): AnswerSession {
  const call = policyCall(input, 'response', tools)
  const { hasTools } = apiShapes[shape]
  return new AnswerSession({ chain, call, failMode, hasSink, hasNoText, hasTools })
}

/** What should hold no text and holds some all the same is looked at. */
function isIdentifier({ kind }: Leaf): boolean {
  return kind === 'identifier'
}

interface Watched {
  readonly session: AnswerSession
  readonly unscannable: readonly Unscannable[]
}

/** What the chain said about an answer. */
export function concludeAnswer(
  parts: EngineParts,
  { input, request }: Answer,
  { session, unscannable }: Watched,
) {
  const outcome = { policies: session.verdicts(), block: session.block }
  return conclude(parts, {
    direction: 'response',
    input,
    request,
    outcome: hideKeys(outcome, session.secretKeys),
    notScanned: countUnscannable(unscannable),
  })
}

/** Small enough that none takes longer than a turn of the event loop should. */
const slice = 16 * 1024

/** Looks at one text of a body, whole, and edits it there. */
export async function checkLeaf(session: AnswerSession, leaf: Leaf, pacer: Pacer): Promise<void> {
  const { strand, context, form } = leaf
  if (pacer.due()) await pacer.yield()
  if (leaf.kind === 'identifier') {
    session.identifier(context, strand.text, leaf.isKey === true)
    return
  }
  // Each part alone, then all together: neither cutting nor joining hides anything.
  if (leaf.hasParts === true) {
    const edits: Replacement[] = []
    for (const { start, end } of strand.ranges) {
      const text = strand.text.slice(start, end)
      const pieces = await runThrough(session.partGuard(context), text, pacer)
      for (const edit of editsOf(pieces, start)) edits.push(edit)
    }
    strand.edit(edits)
  }
  const guard = leaf.isKey === true ? session.key(context) : session.guard(context, form)
  strand.edit(editsOf(await runThrough(guard, strand.text, pacer)))
}

async function runThrough(guard: TextGuard, text: string, pacer: Pacer): Promise<Piece[]> {
  const pieces = await pushSlices(guard, text, pacer)
  for (const piece of guard.end()) pieces.push(piece)
  return pieces
}

/** Pushes a text of any length in slices, between which other work gets its turn. */
export async function pushSlices(guard: TextGuard, text: string, pacer: Pacer): Promise<Piece[]> {
  const pieces: Piece[] = []
  for (let at = 0; at < text.length; at += slice) {
    if (pacer.due()) await pacer.yield()
    for (const piece of guard.push(text.slice(at, at + slice))) pieces.push(piece)
  }
  return pieces
}

/** The pieces as edits of the text they were made from, which begins at `at`. */
function editsOf(pieces: readonly Piece[], at = 0): Replacement[] {
  const edits: Replacement[] = []
  let start = at
  for (const { text, taken, kept } of pieces) {
    const end = start + taken
    if (!kept && (end > start || text !== '')) edits.push({ start, end, text })
    start = end
  }
  return edits
}
