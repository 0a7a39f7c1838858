import { isObject } from '../chat/chat-body.ts'
import { cut } from '../chat/completion-chunks.ts'
import type { Reply } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import { countTokens, idFor } from './answer-facts.ts'
import type { UpstreamSettings } from './upstream-settings.ts'

type Json = Readonly<Record<string, unknown>>

/** Answers `POST /v1/completions`: one choice for each prompt and each of `n`, plain or streamed, with tokens when asked. */
export function completeText(body: Json, settings: UpstreamSettings): Reply {
  const prompts = Array.isArray(body['prompt']) ? body['prompt'] : [body['prompt']]
  const count = typeof body['n'] === 'number' ? body['n'] : 1
  const texts = prompts.flatMap((prompt) =>
    Array.from({ length: count }, () => settings.answer(textOf(prompt), body)),
  )
  const head = { id: idFor('cmpl', body), object: 'text_completion' }
  const facts = { ...head, created: settings.created(), model: settings.model }
  const tokens = countTokens(JSON.stringify(prompts))
  const completion = countTokens(texts.join(''))
  const usage = {
    prompt_tokens: tokens,
    completion_tokens: completion,
    total_tokens: tokens + completion,
  }
  const wantsTokens = typeof body['logprobs'] === 'number'
  const choice = (text: string, index: number, reason: string | null): Json => ({
    ...{ index, text, finish_reason: reason },
    logprobs: wantsTokens ? tokensOf(text, settings) : null,
  })
  if (body['stream'] !== true)
    return json(200, {
      ...facts,
      choices: texts.map((text, at) => choice(text, at, 'stop')),
      usage,
    })
  const pieces = texts.flatMap((text, index) => [
    ...cut(text, settings.chunkLength).map((piece) => choice(piece, index, null)),
    choice('', index, 'stop'),
  ])
  const chunks = pieces.map((piece) => ({ ...facts, choices: [piece] }))
  const options = body['stream_options']
  const includeUsage = isObject(options) && options['include_usage'] === true
  return {
    chunks: includeUsage ? [...chunks, { ...facts, choices: [], usage }] : chunks,
    done: true,
  }
}

function textOf(prompt: unknown): string {
  return typeof prompt === 'string' ? prompt : JSON.stringify(prompt)
}

function tokensOf(text: string, { chunkLength }: UpstreamSettings): Json {
  const tokens = cut(text, chunkLength)
  return {
    tokens,
    token_logprobs: tokens.map(() => -0.1),
    top_logprobs: tokens.map((token) => ({ [token]: -0.1 })),
    text_offset: tokens.map((_, at) => at * chunkLength),
  }
}
