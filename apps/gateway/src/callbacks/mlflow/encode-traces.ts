import { randomBytes } from 'node:crypto'
import type { Attributes, HrTime, SpanContext, SpanKind } from '@opentelemetry/api'
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer'
import type { EndedCall } from '../../audit/ended-call.ts'

// Loaded only where traces are configured: see trace-sender.ts.

/** `SpanKind` of the API, whose module is loaded for its types only. */
const server: SpanKind = 1
const client: SpanKind = 2
/** `SpanStatusCode` of the API. */
const statusOk = 1
const statusError = 2
/** `TraceFlags` of the API. */
const sampled = 1

type ReadableSpan = Parameters<typeof ProtobufTraceSerializer.serializeRequest>[0][number]

/** An `ExportTraceServiceRequest` (OTLP 1.x, protobuf) with one trace for each call; `version` is the gateway's. */
export function encodeTraces(calls: readonly EndedCall[], version: string): Uint8Array {
  const spans = calls.flatMap((call) => spansOf(call, version))
  const bytes = ProtobufTraceSerializer.serializeRequest(spans)
  if (bytes === undefined) throw new Error('no spans')
  return bytes
}

/** The call, and below it the model's part in it when the model was called. */
function spansOf(call: EndedCall, version: string): ReadableSpan[] {
  const random = randomBytes(32).toString('hex')
  const traceId = call.traceId ?? random.slice(0, 32)
  // A parent at the client's would leave the trace without a root here: MLflow shows such traces as unfinished.
  const root = { traceId, spanId: random.slice(32, 48), traceFlags: sampled }
  const calledModel = call.upstreamUs !== null
  const failed = call.outcome === 'block' || call.outcome === 'error'
  const whole = span({
    name: 'governed chat',
    kind: server,
    context: root,
    startMs: call.startedAt,
    us: call.totalUs,
    error: failed ? call.reasonCode : null,
    attributes: { ...governance(call), ...(calledModel ? {} : model(call)) },
    version,
  })
  return calledModel
    ? [whole, modelSpan(call, { root, spanId: random.slice(48), version })]
    : [whole]
}

interface ModelContext {
  readonly root: SpanContext
  readonly spanId: string
  readonly version: string
}

function modelSpan(call: EndedCall, { root, spanId, version }: ModelContext): ReadableSpan {
  return span({
    name: `chat ${call.target?.model ?? ''}`.trim(),
    kind: client,
    context: { ...root, spanId },
    parent: root,
    startMs: call.startedAt + call.decidedUs / 1000,
    us: Math.max(0, Math.min(call.upstreamUs ?? 0, call.totalUs - call.decidedUs)),
    error: call.outcome === 'error' ? call.reasonCode : null,
    attributes: { ...model(call), ...usage(call) },
    version,
  })
}

function governance(call: EndedCall): Attributes {
  const verdicts = [...call.verdicts].map(([kind, verdict]) => [
    `keeptrusts.policy.${kind}`,
    verdict,
  ])
  return {
    'keeptrusts.request_id': call.requestId,
    'keeptrusts.decision': call.outcome,
    'keeptrusts.reason_code': call.reasonCode,
    'keeptrusts.stream': call.stream,
    ...(call.policy !== null && { 'keeptrusts.policy': call.policy }),
    ...Object.fromEntries(verdicts),
    ...(call.target && { 'keeptrusts.target': call.target.id }),
    ...(call.overheadUs !== null && { 'keeptrusts.overhead_us': call.overheadUs }),
    ...(call.status !== null && { 'http.response.status_code': call.status }),
  }
}

/** OpenTelemetry's semantic conventions for generative AI; `gen_ai.system` is the older name of the provider. */
function model({ target }: EndedCall): Attributes {
  return {
    'gen_ai.operation.name': 'chat',
    ...(target && {
      'gen_ai.provider.name': target.provider,
      'gen_ai.system': target.provider,
      'gen_ai.request.model': target.model,
    }),
  }
}

function usage({ inputTokens, outputTokens, finishReasons }: EndedCall): Attributes {
  return {
    ...(inputTokens > 0 && { 'gen_ai.usage.input_tokens': inputTokens }),
    ...(outputTokens > 0 && { 'gen_ai.usage.output_tokens': outputTokens }),
    ...(finishReasons.length > 0 && { 'gen_ai.response.finish_reasons': [...finishReasons] }),
  }
}

interface SpanFacts {
  readonly name: string
  readonly kind: SpanKind
  readonly context: SpanContext
  readonly parent?: SpanContext
  /** Milliseconds since the epoch, with fractions. */
  readonly startMs: number
  /** Microseconds. */
  readonly us: number
  /** Code of what went wrong or was refused. */
  readonly error: string | null
  readonly attributes: Attributes
  readonly version: string
}

function span(facts: SpanFacts): ReadableSpan {
  const { name, kind, context, parent, startMs, us, error, attributes, version } = facts
  return {
    name,
    kind,
    spanContext: () => context,
    ...(parent && { parentSpanContext: parent }),
    startTime: hrTime(startMs),
    endTime: hrTime(startMs + us / 1000),
    duration: hrTime(us / 1000),
    ended: true,
    status: error === null ? { code: statusOk } : { code: statusError, message: error },
    attributes,
    links: [],
    events: [],
    resource,
    instrumentationScope: { name: 'keeptrusts', version },
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  }
}

/** One object for all spans: spans of one resource and scope are written together. */
const resource: ReadableSpan['resource'] = {
  attributes: { 'service.name': 'keeptrusts' },
  merge: () => resource,
  getRawAttributes: () => [['service.name', 'keeptrusts']],
}

/** Seconds and nanoseconds. */
function hrTime(ms: number): HrTime {
  const us = Math.round(ms * 1000)
  return [Math.floor(us / 1_000_000), (us % 1_000_000) * 1000]
}
