import { isObject, parseObject } from '../chat/chat-body.ts'
import type { Completion } from '../chat/complete-chat.ts'
import { completeChat } from '../chat/complete-chat.ts'
import { completionChunks } from '../chat/completion-chunks.ts'
import type { RecordedRequest } from '../http/recorded-request.ts'
import type { Reply } from '../http/reply.ts'
import { json, methodNotAllowed, plain } from '../http/reply.ts'
import { bodyProblem } from './gateway-validation.ts'
import type { UpstreamSettings } from './upstream-settings.ts'

/** `mlflow gateway start` (kind C): `/v1/chat/completions` plain and streamed, `/health`, its list of endpoints; no token is asked for. */
export function answerAsMlflowGateway(request: RecordedRequest, settings: UpstreamSettings): Reply {
  const path = request.path.split('?')[0] ?? ''
  if (path === '/health')
    return request.method === 'GET' ? json(200, { status: 'OK' }) : methodNotAllowed('GET')
  if (path === '/api/2.0/endpoints/')
    return request.method === 'GET' ? json(200, endpoints(settings)) : methodNotAllowed('GET')
  // The endpoint stands in this path, so its body names no model.
  const isNamed = path === `/gateway/${settings.model}/invocations`
  if (path !== '/v1/chat/completions' && !isNamed) return json(404, { detail: 'Not Found' })
  if (request.method !== 'POST') return methodNotAllowed('POST')
  if (request.body === '') return json(422, { detail: [noBody] })
  const body = parseObject(request.body)
  const problem = bodyProblem(body)
  if (body === null || problem) return json(422, { detail: [problem] })
  // The release that the fake follows does not catch its own error for an unknown endpoint.
  if (!isNamed && body['model'] !== settings.model) return plain(500, 'Internal Server Error')
  return answerEndpointChat(body, settings)
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
