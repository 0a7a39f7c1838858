import { PbfReader } from 'pbf'

/** A span as it came over the wire. */
export interface TrackedSpan {
  traceId: string
  spanId: string
  /** Empty for the root. */
  parentSpanId: string
  name: string
  /** `SpanKind` of OTLP: 2 server, 3 client. */
  kind: number
  /** Seconds since the epoch, with fractions. */
  start: number
  end: number
  /** 0 unset, 1 ok, 2 error. */
  status: number
  statusMessage: string
  readonly attributes: Record<string, unknown>
}

/** The spans of an OTLP `ExportTraceServiceRequest` (opentelemetry/proto/trace/v1/trace.proto). */
export function decodeSpans(bytes: Uint8Array): TrackedSpan[] {
  const spans: TrackedSpan[] = []
  new PbfReader(bytes).readFields(readRequest, spans)
  return spans
}

function readRequest(tag: number, spans: TrackedSpan[], pbf: PbfReader): void {
  // resource_spans
  if (tag === 1) pbf.readMessage(readResourceSpans, spans)
}

function readResourceSpans(tag: number, spans: TrackedSpan[], pbf: PbfReader): void {
  // scope_spans
  if (tag === 2) pbf.readMessage(readScopeSpans, spans)
}

function readScopeSpans(tag: number, spans: TrackedSpan[], pbf: PbfReader): void {
  if (tag !== 2) return
  const empty = { traceId: '', spanId: '', parentSpanId: '', name: '', kind: 0, start: 0, end: 0 }
  const span: TrackedSpan = { ...empty, status: 0, statusMessage: '', attributes: {} }
  spans.push(pbf.readMessage(readSpan, span))
}

const spanFields: Readonly<Record<number, (span: TrackedSpan, pbf: PbfReader) => void>> = {
  1: (span, pbf) => {
    span.traceId = hex(pbf.readBytes())
  },
  2: (span, pbf) => {
    span.spanId = hex(pbf.readBytes())
  },
  4: (span, pbf) => {
    span.parentSpanId = hex(pbf.readBytes())
  },
  5: (span, pbf) => {
    span.name = pbf.readString()
  },
  6: (span, pbf) => {
    span.kind = pbf.readVarint()
  },
  7: (span, pbf) => {
    span.start = pbf.readFixed64() / 1e9
  },
  8: (span, pbf) => {
    span.end = pbf.readFixed64() / 1e9
  },
  9: (span, pbf) => {
    const entry = pbf.readMessage(readKeyValue, { key: '', value: null as unknown })
    span.attributes[entry.key] = entry.value
  },
  15: (span, pbf) => pbf.readMessage(readStatus, span),
}

function readSpan(tag: number, span: TrackedSpan, pbf: PbfReader): void {
  spanFields[tag]?.(span, pbf)
}

function readStatus(tag: number, span: TrackedSpan, pbf: PbfReader): void {
  if (tag === 2) span.statusMessage = pbf.readString()
  if (tag === 3) span.status = pbf.readVarint()
}

function readKeyValue(tag: number, entry: { key: string; value: unknown }, pbf: PbfReader): void {
  if (tag === 1) entry.key = pbf.readString()
  if (tag === 2) entry.value = readAnyValue(pbf)
}

function readAnyValue(pbf: PbfReader): unknown {
  return pbf.readMessage(readOneOf, { value: null as unknown }).value
}

function readOneOf(tag: number, holder: { value: unknown }, pbf: PbfReader): void {
  if (tag === 1) holder.value = pbf.readString()
  if (tag === 2) holder.value = pbf.readBoolean()
  if (tag === 3) holder.value = pbf.readVarint(true)
  if (tag === 4) holder.value = pbf.readDouble()
  if (tag === 5) holder.value = pbf.readMessage(readArray, [])
}

function readArray(tag: number, values: unknown[], pbf: PbfReader): void {
  if (tag === 1) values.push(readAnyValue(pbf))
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
