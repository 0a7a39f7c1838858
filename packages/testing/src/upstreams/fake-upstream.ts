import type { ServerResponse } from 'node:http'
import type { ListenOptions, LocalServer } from '../http/local-server.ts'
import { startLocalServer } from '../http/local-server.ts'
import { readBody, recordRequest } from '../http/record-request.ts'
import type { RecordedRequest } from '../http/recorded-request.ts'
import { sendReply } from '../http/reply.ts'
import { answerAsDatabricks } from './databricks.ts'
import { answerAsAgentServer } from './mlflow-agent.ts'
import { answerAsMlflowGateway } from './mlflow-gateway.ts'
import { answerAsScoringServer } from './mlflow-scoring.ts'
import { answerAsTrackingServer } from './mlflow-tracking.ts'
import { answerAsOpenai } from './openai.ts'
import type { UpstreamRoutes, UpstreamSettings } from './upstream-settings.ts'
import { withDefaults } from './upstream-settings.ts'

const routes = {
  openai: answerAsOpenai,
  'mlflow-scoring': answerAsScoringServer,
  'mlflow-gateway': answerAsMlflowGateway,
  'mlflow-agent': answerAsAgentServer,
  'mlflow-tracking': answerAsTrackingServer,
  databricks: answerAsDatabricks,
} satisfies Record<string, UpstreamRoutes>

/** An OpenAI-like server, one of MLflow's four servers (A, C, B, D), or a Databricks workspace. */
export type UpstreamKind = keyof typeof routes

/** Answers a request in place of the fake server; `next()` lets the server answer after all. */
export type Script = (
  request: RecordedRequest,
  response: ServerResponse,
  next: () => Promise<void>,
) => void | Promise<void>

/** What to start; only `kind` is needed. */
export interface FakeUpstreamOptions extends ListenOptions, Partial<UpstreamSettings> {
  readonly kind: UpstreamKind
  /** Comes before the server's own routes. */
  readonly script?: Script
  /** Called when a request was read; the answer waits for it. */
  readonly onRequest?: (request: RecordedRequest) => void | Promise<void>
  /** Whether requests are kept in `requests`; true by default. */
  readonly record?: boolean
}

/** A running fake server. */
export interface FakeUpstream extends LocalServer {
  readonly kind: UpstreamKind
  /** Everything that arrived, in order, probes included. */
  readonly requests: readonly RecordedRequest[]
}

/** Starts a fake model server on 127.0.0.1 and a free port unless told otherwise; rejects when the port is taken. */
export async function startFakeUpstream(options: FakeUpstreamOptions): Promise<FakeUpstream> {
  const { kind, port, host, tls, script, onRequest, record = true, ...given } = options
  const settings = withDefaults(given)
  const requests: RecordedRequest[] = []

  const serve = async (request: RecordedRequest, response: ServerResponse): Promise<void> => {
    await onRequest?.(request)
    const answer = () => sendReply(response, routes[kind](request, settings), settings.chunkDelayMs)
    await (script ? script(request, response, answer) : answer())
  }
  const server = await startLocalServer(
    (message, response) => {
      const request = recordRequest(message, response)
      if (record) requests.push(request)
      readBody(message)
        .then((body) => {
          request.body = body
          return serve(request, response)
        })
        // A client that left, or a script that threw: either way this connection is done.
        .catch(() => response.destroy())
    },
    {
      ...(port === undefined ? {} : { port }),
      ...(host === undefined ? {} : { host }),
      ...(tls === undefined ? {} : { tls }),
    },
  )
  return { ...server, kind, requests }
}
