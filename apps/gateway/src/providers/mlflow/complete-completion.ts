import type { Json } from '../../json/parse-json.ts'
import { isRecord } from '../../json/parse-json.ts'
import type { ProviderCall } from '../provider.ts'

/** What an answer is completed from. */
export interface CompletionContext {
  readonly call: ProviderCall
  /** Milliseconds since the epoch. */
  readonly now: number
}

/**
 * A complete `chat.completion`: id, object, created, model, finish reasons and usage are filled in where the server gave
 * none. An estimated usage says so. `completion.choices` is a list of objects.
 */
export function completeCompletion(completion: Json, { call, now }: CompletionContext): Json {
  const { id, object: _object, created, model, choices, usage, ...rest } = completion
  const whole = (choices as readonly Json[]).map(completeChoice)
  return {
    id: typeof id === 'string' ? id : `chatcmpl-${call.requestId}`,
    object: 'chat.completion',
    created: typeof created === 'number' ? created : Math.floor(now / 1000),
    model: typeof model === 'string' && model !== '' ? model : call.model,
    choices: whole,
    usage: hasCounts(usage) ? usage : estimateUsage(call.body, whole),
    ...rest,
  }
}

function completeChoice(choice: Json, position: number): Json {
  const { index, message, text, finish_reason: reason, ...rest } = choice
  const given = isRecord(message) ? message : { content: typeof text === 'string' ? text : '' }
  return {
    index: typeof index === 'number' ? index : position,
    message: 'role' in given ? given : { role: 'assistant', ...given },
    finish_reason: typeof reason === 'string' ? reason : 'stop',
    ...rest,
  }
}

function hasCounts(usage: unknown): boolean {
  return isRecord(usage) && typeof usage['prompt_tokens'] === 'number'
}

/** Four characters a token; marked, so that nobody bills by it. */
function estimateUsage(prompt: string, choices: readonly Json[]): Json {
  const input = Math.ceil(prompt.length / 4)
  const output = Math.ceil(JSON.stringify(choices).length / 4)
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    estimated: true,
  }
}
