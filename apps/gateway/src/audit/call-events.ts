import type { AuditEvent, AuditValue, Blocked, BodyDecision, Passed } from '@keeptrusts/core'
import { buildCompletedEvent, buildDecidedEvent, newEventId } from '@keeptrusts/core'
import type { KnownCall } from '../call/known-call.ts'
import { toMicroseconds } from '../call/stopwatch.ts'
import { GatewayError } from '../errors/gateway-error.ts'
import type { GatewayDeps } from '../gateway-deps.ts'
import type { TokenUsage } from '../sse/token-usage.ts'
import { contentOfRequest } from './content/content-of-call.ts'
import type { KeptContent } from './content/kept-content.ts'
import type { Ending, Released } from './ending.ts'

type Fields = Readonly<Record<string, AuditValue>>

/** An event of a call, and the content that is kept with it. */
export interface CallRecord {
  readonly event: AuditEvent
  readonly kept: KeptContent | null
}

/** `request.decided`: the engine's event, or the error that stands in its place, with what the gateway knows. */
export function decidedEvent(
  call: KnownCall,
  decision: BodyDecision | GatewayError,
  deps: GatewayDeps,
): CallRecord {
  const { text = null, bytes = 0 } = call.known.request ?? {}
  const kept = contentOfRequest(call, decision, deps.recorder.content)
  const event = {
    ...(decision instanceof GatewayError ? refusedEvent(call, decision, deps) : decision.event),
    ...gatewayFields(call, deps),
    content: contentField({ text, bytes, kept }, deps),
    latency_us: toMicroseconds(call.watch.totalMs),
  }
  return { event, kept }
}

function refusedEvent(call: KnownCall, error: GatewayError, deps: GatewayDeps): AuditEvent {
  const side = { outcome: 'allow', policies: [], not_scanned: {} } as const
  const event = buildDecidedEvent({ ...callFacts(call, deps), side })
  return { ...event, decision: 'error', reason_code: error.code, param: error.param }
}

interface CompletedFacts {
  readonly ending: Ending
  readonly decided: AuditEvent | null
}

/** `request.completed`: how the whole call ended. */
export function completedEvent(
  call: KnownCall,
  { ending, decided }: CompletedFacts,
  deps: GatewayDeps,
): CallRecord {
  const { watch } = call
  const errorCode = ending.error && { errorCode: ending.error.code }
  const facts = { ...callFacts(call, deps), request: decided, side: null, ...errorCode }
  const event = {
    ...(ending.decision?.event ?? buildCompletedEvent(facts)),
    ...gatewayFields(call, deps),
    content: contentField(ending.released, deps),
    latency_us: toMicroseconds(watch.totalMs),
    status: ending.status,
    upstream_status: ending.upstreamStatus,
    usage: ending.usage ? { ...ending.usage } : null,
    duration_us: {
      total: toMicroseconds(watch.totalMs),
      upstream: toMicroseconds(watch.upstreamMs),
      overhead: toMicroseconds(watch.overheadMs),
    },
    finish_reasons: ending.finishReasons.slice(0, 16),
    error_code: ending.error?.code ?? null,
    released_bytes: ending.released.bytes,
    tries: triesOf(call),
  }
  return { event, kept: ending.released.kept ?? null }
}

/** How far an answer had come when it was left. */
export interface LeftAnswer {
  /** Given out. */
  readonly bytes: number
  /** As far as the model server has told. */
  readonly usage: TokenUsage | null
  /** What the chain said until then; `null` without an answer or a chain. */
  readonly decision: Passed | Blocked | null
  /** What is kept of the answer, encrypted. */
  readonly kept: KeptContent | null
}

interface AbortedFacts {
  readonly reason: string
  readonly left: LeftAnswer
  readonly decided: AuditEvent | null
}

/** `request.aborted`: the call was left before its end. */
export function abortedEvent(
  call: KnownCall,
  { reason, left, decided }: AbortedFacts,
  deps: GatewayDeps,
): CallRecord {
  const now = deps.now()
  const { bytes, kept } = left
  const event = {
    id: newEventId(now),
    type: 'request.aborted',
    time: new Date(now).toISOString(),
    request_id: call.id,
    stage: 'abort',
    decision: 'error',
    reason_code: reason,
    reason,
    ...gatewayFields(call, deps),
    config_hash: deps.config.hash,
    refs: { decided: decided?.id ?? null },
    policies: left.decision?.event['policies'] ?? [],
    released_bytes: bytes,
    usage: left.usage ? { ...left.usage } : null,
    tries: triesOf(call),
    latency_us: toMicroseconds(call.watch.totalMs),
    // Nothing hashes an answer that has no end.
    ...(kept && { content: contentField({ text: null, bytes, kept }, deps) }),
  }
  return { event, kept }
}

function callFacts(call: KnownCall, { now, config }: GatewayDeps) {
  return { requestId: call.id, time: now(), config }
}

function gatewayFields(call: KnownCall, deps: GatewayDeps): Fields {
  const { request, identity, target } = call.known
  return {
    gateway: { version: deps.version, boot: deps.boot },
    actor: {
      subject: deps.pseudonyms.principal(identity?.subject ?? null),
      roles: [...(identity?.roles ?? [])],
      via: identity?.via ?? null,
      ...(identity?.key !== undefined && { key: identity.key }),
      ip: deps.pseudonyms.ip(call.incoming.remoteAddress),
    },
    http: {
      method: call.incoming.method,
      path: call.incoming.endpoint.path,
      stream: request?.stream ?? false,
    },
    model: printable(request?.model ?? null),
    target: target
      ? { id: target.id, provider: target.provider, model: target.model, host: target.host }
      : null,
  }
}

function triesOf({ known }: KnownCall): AuditValue {
  return known.tries.map((made) => ({ ...made }))
}

/** Names that clients choose, without what could carry a message through a log. */
function printable(name: string | null): string | null {
  return name?.slice(0, 200).replace(/[^\p{L}\p{N}._:/@+-]/gu, '?') ?? null
}

/** `level` says what was kept of this text, which may be less than the configuration asks for; the store adds what it was kept as. */
function contentField(
  { text, bytes, of = 'body', kept = null }: Released,
  { recorder }: GatewayDeps,
): Fields {
  const hmac = text === null || recorder.content === 'none' ? null : recorder.hmac(text)
  const level = kept ? recorder.content : hmac === null ? 'none' : 'hmac'
  return { level, hmac, bytes, of, ...(kept?.truncated && { truncated: true }) }
}
