import type { ServerResponse } from 'node:http'
import type { ChatBody } from './chat-body.ts'
import { completion, parseChatBody, quote } from './chat-body.ts'
import type { Exchange, FakeOptions } from './fake-upstream.ts'
import { answer } from './http-server.ts'

/** The shapes in which models behind `mlflow models serve` answer. */
export type ScoringReply =
  | 'object'
  | 'array'
  | 'choices-only'
  | 'predictions-string'
  | 'predictions-choices'

const unified = ['messages', 'prompt', 'input']
const wrapped = ['dataframe_split', 'dataframe_records', 'instances', 'inputs']

/** `mlflow models serve`: `/invocations`, `/ping`, `/health` and `/version`, and nothing else. */
export function serveMlflowScoring(exchange: Exchange, options: FakeOptions): void {
  const { request, response } = exchange
  const path = request.url?.split('?')[0]
  if (path === '/ping' || path === '/health') answer(response, 200, '\n')
  else if (path === '/version') answer(response, 200, '3.6.0', 'text/plain')
  else if (path === '/invocations' && request.method === 'POST') invoke(exchange, options)
  else answer(response, 404, { detail: 'Not Found' })
}

function invoke({ request, response, body: text }: Exchange, options: FakeOptions): void {
  if (!/^application\/json(; *charset=utf-8)?$/i.test(request.headers['content-type'] ?? '')) {
    answer(response, 415, 'This predictor only supports the following content types', 'text/plain')
    return
  }
  const body = parseChatBody(text)
  const form = [...unified, ...wrapped].find((key) => body !== null && key in body)
  if (body === null || form === undefined) refuse(response, text)
  else if (unified.includes(form)) predict({ response, body, text }, options)
  else answer(response, 200, { predictions: [`You said: ${JSON.stringify(body[form])}`] })
}

function predict(
  { response, body, text }: { response: ServerResponse; body: ChatBody; text: string },
  { strictKeys, reply = 'object', model = 'my-chat-model', onlyInputs }: FakeOptions,
): void {
  const extra =
    strictKeys && Object.keys(body).filter((key) => key !== 'messages' && !strictKeys.includes(key))
  if (onlyInputs || (extra && extra.length > 0)) {
    refuse(response, text)
    return
  }
  const whole = completion(body, model)
  const replies: Record<ScoringReply, unknown> = {
    object: whole,
    array: [whole],
    'choices-only': { choices: whole.choices },
    'predictions-string': { predictions: [quote(body)] },
    'predictions-choices': { predictions: [{ choices: whole.choices }] },
  }
  answer(response, 200, replies[reply])
}

/** MLflow reports a schema failure with the prompt and a traceback in the body. */
function refuse(response: ServerResponse, text: string): void {
  answer(response, 400, {
    error_code: 'BAD_REQUEST',
    message: `Failed to predict data '${text}'. \nError: Failed to enforce schema of data. Error: Extra inputs`,
    stack_trace: `Traceback (most recent call last):\n  File "scoring.py", line 1\n    ${text}`,
  })
}
