import { GatewayError } from '../../../errors/gateway-error.ts'
import type { Json } from '../../../json/parse-json.ts'
import { isRecord, parseJson } from '../../../json/parse-json.ts'
import { decodeText } from '../../decode-text.ts'
import type { PlainAnswer } from '../../provider.ts'
import type { CompletionContext } from '../complete-completion.ts'
import { completeCompletion } from '../complete-completion.ts'

/**
 * A scoring server's reply as a complete `chat.completion`: unwraps one-element arrays and `predictions`,
 * fills id, object, created, model, finish reasons and usage. Throws `GatewayError` `upstream_invalid_response`.
 */
export function readPrediction(bytes: Uint8Array, context: CompletionContext): PlainAnswer {
  const completion = toCompletion(unwrap(parseJson(decodeText(bytes) ?? '')))
  if (completion === null)
    throw new GatewayError('upstream_invalid_response', {
      message: `The model of target "${context.call.target.id}" answered with something that is not a chat answer.`,
      suggestion: 'Serve a ChatModel, or a model that returns a string or an object with choices.',
      upstreamStatus: 200,
    })
  const text = JSON.stringify(completeCompletion(completion, context))
  return { kind: 'plain', text, bytes: null, upstreamStatus: 200 }
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
