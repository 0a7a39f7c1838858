import { isObject, parseObject } from '../chat/chat-body.ts'
import type { RecordedRequest } from '../http/recorded-request.ts'
import type { Reply, TextReply } from '../http/reply.ts'
import { json, methodNotAllowed, plain } from '../http/reply.ts'
import { answerEndpointChat } from './mlflow-gateway.ts'
import type { UpstreamSettings } from './upstream-settings.ts'

const chatPath = '/gateway/mlflow/v1/chat/completions'

/**
 * `mlflow server` with one gateway endpoint (kind D): its chat path, the list of endpoints, `/health`, `/version`, and the
 * check of the Host header, from which the last two are exempt. Unknown paths get Werkzeug's page, not FastAPI's.
 */
export function answerAsTrackingServer(
  request: RecordedRequest,
  settings: UpstreamSettings,
): Reply {
  const path = request.path.split('?')[0] ?? ''
  if (path === '/health') return page('OK')
  if (path === '/version') return page('3.17.2')
  if (!isAllowedHost(request.headers.host, settings.allowedHosts))
    return plain(403, 'Invalid Host header - possible DNS rebinding attack detected')
  if (path === '/gateway/mlflow/v1/models' && request.method === 'GET')
    return json(200, { object: 'list', data: [{ id: settings.model, object: 'model' }] })
  if (path !== chatPath) return notFoundPage
  return request.method === 'POST' ? invoke(request, settings) : methodNotAllowed('POST')
}

function isAllowedHost(host = '', allowed: readonly string[] | null): boolean {
  if (allowed) return allowed.includes(host)
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host)
}

function invoke({ body: text }: RecordedRequest, settings: UpstreamSettings): Reply {
  const body = parseObject(text)
  if (body === null)
    return json(400, { detail: `Invalid JSON payload: Expecting value: ${JSON.stringify(text)}` })
  if (typeof body['model'] !== 'string')
    return json(400, { detail: "Missing required 'model' parameter in request body" })
  if (body['model'] !== settings.model)
    return json(404, {
      detail: {
        error_code: 'RESOURCE_DOES_NOT_EXIST',
        message: `GatewayEndpoint not found (name='${body['model']}')`,
      },
    })
  const problem = payloadProblem(body)
  if (problem !== null) return json(400, { detail: `Invalid chat payload: ${problem}` })
  return answerEndpointChat(body, settings)
}

/** The strict parts of `mlflow/types/chat.py`; the text echoes the input as pydantic does. */
function payloadProblem(body: Record<string, unknown>): string | null {
  const { stop, tools, messages } = body
  if (!Array.isArray(messages) || messages.length === 0 || !messages.every(isObject))
    return `messages [input_value=${JSON.stringify(messages)}]`
  if (stop !== undefined && stop !== null && !Array.isArray(stop))
    return `stop Input should be a valid list [input_value=${JSON.stringify(stop)}]`
  if (Array.isArray(tools) && tools.length === 0) return 'tools List should have at least 1 item'
  return null
}

function page(text: string): TextReply {
  return { status: 200, type: 'text/html; charset=utf-8', text }
}

const notFoundPage: TextReply = {
  status: 404,
  type: 'text/html; charset=utf-8',
  text: `<!doctype html>
<html lang=en>
<title>404 Not Found</title>
<h1>Not Found</h1>
<p>The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.</p>
`,
}
