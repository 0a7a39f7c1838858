import { Buffer } from 'node:buffer'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { parseObject } from '../chat/chat-body.ts'
import type { ListenOptions, LocalServer } from '../http/local-server.ts'
import { startLocalServer } from '../http/local-server.ts'
import type { TextReply } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import type { TrackedSpan } from './decode-spans.ts'
import { decodeSpans } from './decode-spans.ts'
import { TrackingStore } from './tracking-store.ts'

/** A request as the tracking server received it. */
export interface TrackingRequest {
  readonly method: string
  /** With the query. */
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** Decompressed. */
  readonly bytes: Buffer
}

/** What is sent in place of the server's own answer. */
export interface TrackingAnswer extends TextReply {
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * Decides about a request. `answer()` does what was asked and returns the server's answer; `null` cuts the connection,
 * so that calling the first and returning the second loses an answer after the deed.
 */
export type TrackingScript = (
  request: TrackingRequest,
  answer: () => TextReply,
) => TrackingAnswer | null | Promise<TrackingAnswer | null>

interface FakeTrackingOptions extends ListenOptions {
  readonly script?: TrackingScript
}

/** A running fake of MLflow's tracking server: experiments, runs and OTLP traces. */
export interface FakeTracking extends LocalServer {
  readonly store: TrackingStore
  readonly requests: readonly TrackingRequest[]
  /** Every span, once: the same ids again are the same span. */
  spans(): readonly TrackedSpan[]
  /** Everything that arrived, addresses, headers and bodies, as text. */
  everything(): string
}

/** Starts a fake tracking server on 127.0.0.1 and a free port unless told otherwise. */
export async function startFakeTracking(options: FakeTrackingOptions = {}): Promise<FakeTracking> {
  const { script = (_, answer) => answer(), ...listen } = options
  const store = new TrackingStore()
  const requests: TrackingRequest[] = []
  const spans = new Map<string, TrackedSpan>()
  const serve = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await receive(message)
    requests.push(request)
    const answer: TrackingAnswer | null = await script(request, () =>
      answerTo(request, { store, spans }),
    )
    if (answer === null) response.destroy()
    else {
      response.writeHead(answer.status, { 'content-type': answer.type, ...answer.headers })
      response.end(answer.text)
    }
  }
  const server = await startLocalServer((message, response) => {
    serve(message, response).catch(() => response.destroy())
  }, listen)
  return {
    ...server,
    store,
    requests,
    spans: () => [...spans.values()],
    everything: () =>
      requests
        .map(({ path, headers, bytes }) => `${path} ${JSON.stringify(headers)} ${bytes}`)
        .join('\n'),
  }
}

async function receive(message: IncomingMessage): Promise<TrackingRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  const { headers, method = '', url: path = '' } = message
  const body = Buffer.concat(chunks)
  const bytes = headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body
  return { method, path, headers, bytes }
}

interface Memory {
  readonly store: TrackingStore
  readonly spans: Map<string, TrackedSpan>
}

function answerTo(request: TrackingRequest, memory: Memory): TextReply {
  const { pathname, searchParams } = new URL(request.path, 'http://localhost')
  if (pathname === '/v1/traces') return takeSpans(request, memory)
  const [, route] = /^\/api\/2\.0\/mlflow\/(.+)$/.exec(pathname) ?? []
  if (route === undefined) return json(404, { detail: 'Not Found' })
  const given =
    request.method === 'GET' ? searchParams : (parseObject(request.bytes.toString()) ?? {})
  return memory.store.answer(`${request.method} ${route}`, given)
}

function takeSpans({ headers, bytes }: TrackingRequest, { store, spans }: Memory): TextReply {
  if (headers['content-type'] !== 'application/x-protobuf')
    return json(400, { detail: 'Invalid Content-Type' })
  const experiment = headers['x-mlflow-experiment-id']?.toString()
  if (experiment === undefined) return json(422, { detail: [{ msg: 'Field required' }] })
  if (!store.hasExperiment(experiment))
    return json(404, { error_code: 'RESOURCE_DOES_NOT_EXIST', message: experiment })
  const received = decodeSpans(bytes)
  if (received.length === 0) return json(400, { detail: 'no spans found' })
  for (const span of received) spans.set(`${span.traceId}/${span.spanId}`, span)
  return { status: 200, type: 'application/x-protobuf', text: '' }
}
