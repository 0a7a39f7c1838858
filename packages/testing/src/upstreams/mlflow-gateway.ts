import { isObject, parseObject } from '../chat/chat-body.ts'
import type { Completion } from '../chat/complete-chat.ts'
import { completeChat } from '../chat/complete-chat.ts'
import { completionChunks } from '../chat/completion-chunks.ts'
import type { RecordedRequest } from '../http/recorded-request.ts'
import type { Reply } from '../http/reply.ts'
import { json, methodNotAllowed, plain } from '../http/reply.ts'
import { bodyProblem } from './gateway-validation.ts'
import { completeText } from './openai-completions.ts'
import { embed } from './openai-embeddings.ts'
import type { UpstreamSettings } from './upstream-settings.ts'

/** `mlflow gateway start` (kind C): `/v1/chat/completions` and `/v1/completions` plain and streamed, `/v1/embeddings`, `/health`, its list of endpoints; no token is asked for. */
export function answerAsMlflowGateway(request: RecordedRequest, settings: UpstreamSettings): Reply {
  const path = request.path.split('?')[0] ?? ''
  const page = pageAt(path, settings)
  if (page !== null) return request.method === 'GET' ? json(200, page) : methodNotAllowed('GET')
  // The endpoint stands in this path, so its body names no model.
  const isNamed = path === `/gateway/${settings.model}/invocations`
  const give = isNamed ? answerChat : answers[path]
  if (give === undefined) return json(404, { detail: 'Not Found' })
  if (request.method !== 'POST') return methodNotAllowed('POST')
  if (request.body === '') return json(422, { detail: [noBody] })
  const body = isNamed ? { ...parseObject(request.body), model: settings.model } : null
  return give(body ?? parseObject(request.body), settings)
}

const answers: Readonly<Record<string, typeof answerChat>> = {
  '/v1/chat/completions': answerChat,
  '/v1/completions': (body, settings) =>
    answerTexts(body, { key: 'prompt', give: completeText }, settings),
  '/v1/embeddings': (body, settings) => answerTexts(body, { key: 'input', give: embed }, settings),
}

function answerChat(body: Record<string, unknown> | null, settings: UpstreamSettings): Reply {
  const problem = bodyProblem(body)
  if (body === null || problem) return json(422, { detail: [problem] })
  // The release that the fake follows does not catch its own error for an unknown endpoint.
  if (body['model'] !== settings.model) return plain(500, 'Internal Server Error')
  return answerEndpointChat(body, settings)
}

function pageAt(path: string, settings: UpstreamSettings): unknown {
  if (path === '/health') return { status: 'OK' }
  return path === '/api/2.0/endpoints/' ? endpoints(settings) : null
}

interface TextAnswer {
  readonly key: string
  readonly give: typeof embed
}

function answerTexts(
  body: Record<string, unknown> | null,
  { key, give }: TextAnswer,
  settings: UpstreamSettings,
): Reply {
  if (body === null || body[key] === undefined) return json(422, { detail: [noBody] })
  if (body['model'] !== settings.model) return plain(500, 'Internal Server Error')
  return give(body, settings)
}

/** What FastAPI says to a request that holds nothing. */
const noBody = { type: 'missing', loc: ['body'], msg: 'Field required', input: null }

function endpoints({ model }: UpstreamSettings): unknown {
  const endpoint = {
    name: model,
    endpoint_type: 'llm/v1/chat',
    model: { name: 'fake-gpt', provider: 'openai' },
    endpoint_url: `/gateway/${model}/invocations`,
    limit: null,
  }
  return { endpoints: [endpoint], next_page_token: null }
}

/** What an endpoint of either of MLflow's gateways answers: every field that it knows, null where there is nothing. */
export function answerEndpointChat(
  body: Record<string, unknown>,
  settings: UpstreamSettings,
): Reply {
  const completion = completeChat(body, { answer: settings.answer, created: settings.created() })
  if (body['stream'] !== true) return json(200, withNulls(completion))
  const options = body['stream_options']
  const includeUsage = isObject(options) && options['include_usage'] === true
  const { chunkLength } = settings
  const chunks = completionChunks(completion, { chunkLength, includeUsage })
  // The body's end is the stream's end: there is no `[DONE]`.
  return { chunks: chunks.map(chunkWithNulls), done: false }
}

function withNulls(completion: Completion): unknown {
  const choices = completion.choices.map(({ message, ...choice }) => ({
    ...choice,
    message: { tool_calls: null, refusal: null, ...message },
  }))
  return { ...completion, choices, provider: 'openai' }
}

function chunkWithNulls(chunk: Readonly<Record<string, unknown>>): unknown {
  const choices = (chunk['choices'] as Record<string, unknown>[]).map(({ delta, ...choice }) => ({
    ...choice,
    delta: { role: null, content: null, tool_calls: null, ...(delta as object) },
  }))
  return { usage: null, ...chunk, choices, provider: 'openai' }
}
