import { isObject, parseObject } from '../chat/chat-body.ts'
import type { Completion } from '../chat/complete-chat.ts'
import { completeChat } from '../chat/complete-chat.ts'
import type { RecordedRequest } from '../http/recorded-request.ts'
import type { Reply } from '../http/reply.ts'
import { json, methodNotAllowed } from '../http/reply.ts'
import { agentEvents, agentItems, responsesUsage } from './agent-output.ts'
import type { UpstreamSettings } from './upstream-settings.ts'

/**
 * An agent server of MLflow (kind B): Responses requests at `/invocations` and `/responses`, `/agent/info`, `/health`; no
 * `/v1`, no token. What it refuses is what MLflow 3.17 refuses: an `input` that is no list of messages and items.
 */
export function answerAsAgentServer(request: RecordedRequest, settings: UpstreamSettings): Reply {
  const path = request.path.split('?')[0] ?? ''
  if (path === '/invocations' || path === '/responses')
    return request.method === 'POST' ? invoke(request, settings) : methodNotAllowed('POST')
  const page = pages[path]
  if (page === undefined) return json(404, { detail: 'Not Found' })
  return request.method === 'GET' ? json(200, page) : methodNotAllowed('GET')
}

const pages: Readonly<Record<string, unknown>> = {
  '/health': { status: 'healthy' },
  '/agent/info': {
    name: 'mlflow_agent_server',
    use_case: 'agent',
    mlflow_version: '3.17.2',
    agent_api: 'responses',
  },
}

function invoke({ body: text }: RecordedRequest, settings: UpstreamSettings): Reply {
  const body = parseObject(text)
  if (body === null)
    return json(400, { detail: `Invalid JSON in request body: Expecting value: ${text}` })
  const problem = inputProblem(body['input'])
  if (problem !== null)
    return json(400, { detail: `Invalid parameters for ResponsesAgent: ${problem}` })
  const wanted = body['stream'] === true ? 'stream' : 'invoke'
  if (!settings.agentFunctions.includes(wanted))
    return json(500, { detail: `No ${wanted} function registered` })
  const completion = complete(body, settings)
  if (wanted === 'stream') return { chunks: agentEvents(completion, settings), done: true }
  const { usage } = completion
  return json(200, {
    object: 'response',
    output: agentItems(completion, settings),
    ...(settings.agentUsage && { usage: responsesUsage(usage) }),
    custom_outputs: { trace: 'kept' },
  })
}

/** What MLflow's pydantic models find wrong, echoing the input as they do; `null` when it is fine. */
function inputProblem(input: unknown): string | null {
  const echo = `[input_value=${JSON.stringify(input)}]`
  if (!Array.isArray(input)) return `input: Input should be a valid list ${echo}`
  for (const item of input) {
    if (!isObject(item)) return `input: Input should be an object ${echo}`
    const isMessage = ['user', 'assistant', 'system', 'developer'].includes(String(item['role']))
    const isItem = typeof item['type'] === 'string' && typeof item['call_id'] === 'string'
    if (!isMessage && !isItem) return `input: Input is neither a message nor an item ${echo}`
    const parts = Array.isArray(item['content']) ? item['content'] : []
    if (!parts.every((part: unknown) => isObject(part) && /^input_/.test(String(part['type']))))
      return `input.content: Invalid type ${echo}`
  }
  return null
}

function complete(
  body: Record<string, unknown>,
  { answer, created }: UpstreamSettings,
): Completion {
  const tools = Array.isArray(body['tools'])
    ? body['tools'].map((tool) => ({ function: tool }))
    : []
  const input = (body['input'] as Record<string, unknown>[]).filter((item) => 'role' in item)
  const chat = { messages: input, tools, tool_choice: body['tool_choice'] }
  return completeChat(chat, { answer, created: created() })
}
