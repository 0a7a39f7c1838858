import { isObject, parseObject } from '../chat/chat-body.ts'
import { completeChat } from '../chat/complete-chat.ts'
import { completionChunks } from '../chat/completion-chunks.ts'
import type { RecordedRequest } from '../http/recorded-request.ts'
import type { Reply, TextReply } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import { completeText } from './openai-completions.ts'
import { embed } from './openai-embeddings.ts'
import { respond } from './openai-responses.ts'
import type { UpstreamSettings } from './upstream-settings.ts'

/** An OpenAI-like server: chat, completions and responses plain and streamed, embeddings, `GET /v1/models`. */
export function answerAsOpenai(request: RecordedRequest, settings: UpstreamSettings): Reply {
  const { token, model } = settings
  if (token !== null && request.headers.authorization !== `Bearer ${token}`)
    return refusal(401, 'invalid_api_key', 'Incorrect API key provided.')
  const route = `${request.method} ${request.path.split('?')[0]}`
  if (route === 'GET /v1/models') {
    const entry = { id: model, object: 'model', created: 1_700_000_000, owned_by: 'fake' }
    return json(200, { object: 'list', data: [entry] })
  }
  const answer = answers[route]
  if (answer === undefined) return refusal(404, 'unknown_url', `Unknown request URL: ${route}.`)
  const body = parseObject(request.body)
  if (body === null || !answer.needs.some((key) => body[key] !== undefined))
    return refusal(400, null, 'We could not parse the JSON body of your request.')
  if (body['model'] !== model)
    return refusal(404, 'model_not_found', `The model '${body['model']}' does not exist.`)
  return answer.give(body, settings)
}

interface AnswerOfRoute {
  /** Keys of which a body has one. */
  readonly needs: readonly string[]
  readonly give: (body: Record<string, unknown>, settings: UpstreamSettings) => Reply
}

const answers: Readonly<Record<string, AnswerOfRoute>> = {
  'POST /v1/chat/completions': { needs: ['messages'], give: answerChat },
  'POST /v1/completions': { needs: ['prompt'], give: completeText },
  'POST /v1/embeddings': { needs: ['input'], give: embed },
  'POST /v1/responses': { needs: ['input', 'prompt', 'conversation'], give: respond },
}

function answerChat(body: Record<string, unknown>, settings: UpstreamSettings): Reply {
  const completion = completeChat(body, { answer: settings.answer, created: settings.created() })
  if (body['stream'] !== true) return json(200, completion)
  const options = body['stream_options']
  const includeUsage = isObject(options) && options['include_usage'] === true
  const { chunkLength } = settings
  return { chunks: completionChunks(completion, { chunkLength, includeUsage }), done: true }
}

function refusal(status: number, code: string | null, message: string): TextReply {
  return json(status, { error: { message, type: 'invalid_request_error', param: null, code } })
}
