import { scanJson } from '@keeptrusts/core'
import { GatewayError } from '../../errors/gateway-error.ts'
import { decodeText } from '../decode-text.ts'
import type { PlainAnswer, ProviderCall } from '../provider.ts'

type Json = Readonly<Record<string, unknown>>

interface Context {
  readonly call: ProviderCall
  /** Milliseconds since the epoch. */
  readonly now: number
}

/**
 * A scoring server's reply as a complete `chat.completion`: unwraps one-element arrays and `predictions`,
 * fills id, object, created, model, finish reasons and usage. Throws `GatewayError` `upstream_invalid_response`.
 */
export function readPrediction(bytes: Uint8Array, context: Context): PlainAnswer {
  const completion = toCompletion(unwrap(parse(bytes)))
  if (completion === null)
    throw new GatewayError('upstream_invalid_response', {
      message: `The model of target "${context.call.target.id}" answered with something that is not a chat answer.`,
      suggestion: 'Serve a ChatModel, or a model that returns a string or an object with choices.',
      upstreamStatus: 200,
    })
  const text = JSON.stringify(complete(completion, context))
  return { kind: 'plain', text, bytes: null, upstreamStatus: 200 }
}

function parse(bytes: Uint8Array): unknown {
  const text = decodeText(bytes) ?? ''
  try {
    // Refuses what is nested so deeply that walking through it would exhaust the stack.
    scanJson(text, { duplicateKeys: 'allow', loneSurrogates: 'allow' })
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function unwrap(value: unknown): unknown {
  if (Array.isArray(value) && value.length === 1) return unwrap(value[0])
  if (isRecord(value) && 'predictions' in value) return unwrap(value['predictions'])
  return value
}

function toCompletion(value: unknown): Json | null {
  if (typeof value === 'string') return { choices: [{ message: { content: value } }] }
  if (Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string'))
    return { choices: value.map((content) => ({ message: { content } })) }
  if (!isRecord(value) || 'error' in value || 'error_code' in value) return null
  if (Array.isArray(value['choices'])) return value['choices'].every(isRecord) ? value : null
  return fromMessages(value) ?? fromColumn(value)
}

/** MLflow's ChatAgent answers with the messages it added; the last one is the answer. */
function fromMessages(value: Json): Json | null {
  const messages = value['messages']
  const last: unknown = Array.isArray(messages) ? messages.at(-1) : undefined
  return isRecord(last) ? { choices: [{ message: last }], usage: value['usage'] } : null
}

/** A data frame of one column and one row. */
function fromColumn(value: Json): Json | null {
  const [content, ...others] = Object.values(value)
  if (typeof content !== 'string' || others.length > 0) return null
  return { choices: [{ message: { content } }] }
}

function complete(completion: Json, { call, now }: Context): Json {
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

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
