import type { IncomingMessage, ServerResponse } from 'node:http'
import { serveMlflowGateway } from './fake-mlflow-gateway.ts'
import type { ScoringReply } from './fake-mlflow-scoring.ts'
import { serveMlflowScoring } from './fake-mlflow-scoring.ts'
import { serveOpenAi } from './fake-openai.ts'
import type { RunningServer } from './http-server.ts'
import { readBody, startServer } from './http-server.ts'

/** Which server to imitate: a plain OpenAI API, `mlflow models serve`, or `mlflow gateway start`. */
export type FakeKind = 'openai' | 'mlflow-scoring' | 'mlflow-gateway'

/** One request with the place for its answer. */
export interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly body: string
}

/** Answers instead of the imitation, or calls `next` to let it answer. */
export type Script = (exchange: Exchange, next: () => void) => void

export interface FakeOptions {
  readonly kind: FakeKind
  readonly port?: number
  /** Name of the served model or endpoint; default `my-chat-model`. */
  readonly model?: string
  /** Refuses calls without this bearer token (`openai`). */
  readonly token?: string
  /** Keys beside `messages` that the model's schema knows; others are answered with 400 (`mlflow-scoring`). */
  readonly strictKeys?: readonly string[]
  /** A model that takes only `inputs` (`mlflow-scoring`). */
  readonly onlyInputs?: boolean
  /** Shape of the answers (`mlflow-scoring`). */
  readonly reply?: ScoringReply
  readonly script?: Script
}

/** A request as it came in. */
export interface RecordedRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  /** Names and values alternating, as sent. */
  readonly rawHeaders: readonly string[]
  readonly body: string
  /** Turns true when the client goes away before the answer is out. */
  aborted: boolean
}

export interface FakeUpstream extends RunningServer {
  readonly kind: FakeKind
  /** Everything received, health probes too, oldest first. */
  readonly requests: RecordedRequest[]
}

const servers = {
  openai: serveOpenAi,
  'mlflow-scoring': serveMlflowScoring,
  'mlflow-gateway': serveMlflowGateway,
}

/** Starts an imitation of a model server on loopback that records what it receives. */
export async function startFakeUpstream(options: FakeOptions): Promise<FakeUpstream> {
  const requests: RecordedRequest[] = []
  const server = await startServer((request, response) => {
    void receive(request, response).catch(() => response.destroy())
  }, options.port)

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const record = recordOf(request, await readBody(request))
    requests.push(record)
    response.on('close', () => {
      record.aborted = !response.writableFinished
    })
    const exchange = { request, response, body: record.body }
    const next = () => servers[options.kind](exchange, options)
    if (options.script) options.script(exchange, next)
    else next()
  }

  return { ...server, kind: options.kind, requests }
}

function recordOf(request: IncomingMessage, body: string): RecordedRequest {
  const { method = '', url = '', headers, rawHeaders } = request
  return { method, path: url, headers, rawHeaders, body, aborted: false }
}
