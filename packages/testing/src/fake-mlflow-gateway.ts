import { completion, parseChatBody } from './chat-body.ts'
import { streamChat } from './fake-openai.ts'
import type { Exchange, FakeOptions } from './fake-upstream.ts'
import { answer } from './http-server.ts'

/** `mlflow gateway start`: the OpenAI paths with MLflow's own health and error shapes. */
export function serveMlflowGateway(
  { request, response, body }: Exchange,
  options: FakeOptions,
): void {
  const endpoint = options.model ?? 'my-chat-model'
  const path = request.url?.split('?')[0]
  if (path === '/health') answer(response, 200, { status: 'OK' })
  else if (path === '/v1/chat/completions' && request.method === 'POST')
    answerChat({ request, response, body }, endpoint)
  else answer(response, 404, { detail: 'Not Found' })
}

function answerChat({ response, body: text }: Exchange, endpoint: string): void {
  const body = parseChatBody(text)
  if (body === null || !Array.isArray(body.messages)) {
    const problem = {
      loc: ['body', 'messages'],
      msg: 'field required',
      type: 'value_error.missing',
    }
    answer(response, 422, { detail: [problem] })
  } else if (body.model !== endpoint)
    answer(response, 400, { detail: `Route ${String(body.model)} not found in the configuration.` })
  else if (body.stream) streamChat(response, body, endpoint)
  else answer(response, 200, completion(body, endpoint))
}
