import type { ServerResponse } from 'node:http'
import type { ChatBody } from './chat-body.ts'
import { chunks, completion, parseChatBody } from './chat-body.ts'
import type { Exchange, FakeOptions } from './fake-upstream.ts'
import { answer } from './http-server.ts'

/** A server that speaks the OpenAI API: chat completions, plain and streamed, and the list of models. */
export function serveOpenAi({ request, response, body }: Exchange, options: FakeOptions): void {
  const model = options.model ?? 'my-chat-model'
  const path = request.url?.split('?')[0]
  if (options.token !== undefined && request.headers.authorization !== `Bearer ${options.token}`)
    answer(
      response,
      401,
      openAiError('Incorrect API key provided.', 'invalid_request_error', 'invalid_api_key'),
    )
  else if (path === '/v1/models')
    answer(response, 200, { object: 'list', data: [{ id: model, object: 'model' }] })
  else if (path === '/v1/chat/completions' && request.method === 'POST')
    answerChat(response, body, model)
  else
    answer(
      response,
      404,
      openAiError('Unknown request URL.', 'invalid_request_error', 'unknown_url'),
    )
}

function answerChat(response: ServerResponse, text: string, model: string): void {
  const body = parseChatBody(text)
  if (body === null || !Array.isArray(body.messages))
    answer(
      response,
      400,
      openAiError('We could not parse the JSON body.', 'invalid_request_error', null),
    )
  else if (body.model !== model)
    answer(
      response,
      404,
      openAiError('The model does not exist.', 'invalid_request_error', 'model_not_found'),
    )
  else if (body.stream) streamChat(response, body, model)
  else answer(response, 200, completion(body, model))
}

/** Sends the events of an answer and the closing `[DONE]`. */
export function streamChat(response: ServerResponse, body: ChatBody, model: string): void {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
  for (const chunk of chunks(body, model)) response.write(`data: ${JSON.stringify(chunk)}\n\n`)
  response.end('data: [DONE]\n\n')
}

function openAiError(message: string, type: string, code: string | null) {
  return { error: { message, type, param: null, code } }
}
