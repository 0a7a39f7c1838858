import { parseObject } from '../chat/chat-body.ts'
import { completeChat } from '../chat/complete-chat.ts'
import type { RecordedRequest } from '../http/recorded-request.ts'
import type { Reply } from '../http/reply.ts'
import { json, methodNotAllowed, plain } from '../http/reply.ts'
import { contentTypeProblem } from './scoring-content-type.ts'
import { invalidInput, refuseByTypeHint, refuseKeys } from './scoring-refusals.ts'
import { wrapReply } from './scoring-reply.ts'
import type { UpstreamSettings } from './upstream-settings.ts'

/** Neither is JSON, whatever the content type says. The version is the release that the fake was compared with. */
const pages: Readonly<Record<string, string>> = {
  '/ping': '\n',
  '/health': '\n',
  '/version': '3.17.2',
}

/** `mlflow models serve` (kind A): `/invocations`, `/ping`, `/health`, `/version`; no `/v1` at all, no token, no stream. */
export function answerAsScoringServer(request: RecordedRequest, settings: UpstreamSettings): Reply {
  const path = request.path.split('?')[0] ?? ''
  if (path === '/invocations')
    return request.method === 'POST' ? invoke(request, settings) : methodNotAllowed('POST')
  const page = pages[path]
  if (page === undefined) return json(404, { detail: 'Not Found' })
  if (request.method !== 'GET') return methodNotAllowed('GET')
  return { status: 200, type: 'application/json', text: page }
}

function invoke({ headers, body: text }: RecordedRequest, settings: UpstreamSettings): Reply {
  const type = headers['content-type']
  if (type === undefined) return plain(500, 'Internal Server Error')
  const problem = contentTypeProblem(type)
  if (problem) return plain(415, problem)
  const body = parseObject(text)
  if (body !== null) return predict(body, settings)
  return json(
    400,
    invalidInput(`Ensure that input is a valid JSON formatted string. Input: \n${text}`),
  )
}

const unifiedKeys = ['messages', 'prompt', 'input']
const wrappedKeys = ['dataframe_split', 'dataframe_records', 'instances', 'inputs']

function predict(body: Record<string, unknown>, settings: UpstreamSettings): Reply {
  const { answer, created, strictKeys, inputsOnly } = settings
  const unified = unifiedKeys.some((key) => key in body)
  if (unified && inputsOnly) return json(400, refuseByTypeHint(body))
  const extra = strictKeys ? Object.keys(body).filter((key) => !strictKeys.includes(key)) : []
  if (extra.length > 0) return json(400, refuseKeys(body, extra))
  const wrapper = wrappedKeys.filter((key) => key in body)
  if (!unified && wrapper.length !== 1)
    return json(400, invalidInput(`The input must have exactly one of ${wrappedKeys.join(', ')}.`))
  const messages = unified
    ? body['messages']
    : [{ role: 'user', content: firstOf(body[wrapper[0] ?? '']) }]
  const completion = completeChat({ ...body, messages }, { answer, created: created() })
  return json(200, wrapReply(completion, { settings, unified }))
}

function firstOf(value: unknown): string {
  const first: unknown = Array.isArray(value) ? value[0] : value
  return typeof first === 'string' ? first : JSON.stringify(first)
}
