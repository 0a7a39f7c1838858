import type { Config } from '../config/config.ts'
import type { PolicyTest } from '../config/testing-schema.ts'
import type { BodyInput } from '../engine/engine.ts'
import type { Identity } from '../engine/identity.ts'
import type { ApiShape } from '../message/segment.ts'

type Input = PolicyTest['input']

const shapes: Readonly<Record<Input['endpoint'], ApiShape>> = {
  '/v1/chat/completions': 'chat.completions',
  '/v1/completions': 'completions',
  '/v1/embeddings': 'embeddings',
  '/v1/responses': 'responses',
}

/** The request of a test as the gateway would hand it to the engine; `null` when no target serves the model that it names. */
export function callOf(input: Input, { targets }: Config): BodyInput | null {
  const { messages, tools, request } = input
  const body = (request ?? { model: input.model, messages, tools }) as Record<string, unknown>
  const asked = typeof body['model'] === 'string' ? body['model'] : undefined
  const target =
    asked === undefined
      ? targets[0]
      : targets.find(({ id, model }) => model === asked || id === asked)
  if (asked !== undefined && target === undefined && targets.length > 0) return null
  const model = target?.model ?? asked
  return {
    shape: shapes[input.endpoint],
    source: JSON.stringify(body),
    identity: identityOf(input),
    headers: lowerCase(input.headers),
    // So that the same test makes the same events.
    requestId: 'req_test',
    ...(model === undefined ? {} : { model }),
  }
}

/** The model's answer as a body of the endpoint. */
export function answerOf({ upstream_response: answer, endpoint }: Input): string {
  if (typeof answer !== 'string') {
    const isMessage = isRecord(answer) && 'role' in answer && !('choices' in answer)
    return JSON.stringify(
      isMessage && shapes[endpoint] === 'chat.completions' ? chatAnswer(answer) : answer,
    )
  }
  if (shapes[endpoint] === 'chat.completions')
    return JSON.stringify(chatAnswer({ role: 'assistant', content: answer }))
  if (shapes[endpoint] === 'completions')
    return JSON.stringify({
      object: 'text_completion',
      choices: [{ index: 0, text: answer, finish_reason: 'stop' }],
    })
  const content = [{ type: 'output_text', text: answer, annotations: [] }]
  const output = [{ type: 'message', role: 'assistant', status: 'completed', content }]
  return JSON.stringify({ object: 'response', status: 'completed', output })
}

function chatAnswer(message: object): object {
  return {
    object: 'chat.completion',
    choices: [{ index: 0, message, finish_reason: 'stop' }],
  }
}

function identityOf({ identity, headers }: Input): Identity {
  if (identity !== undefined) return identity
  const known = lowerCase(headers)
  const subject = known['x-user-id']?.trim() ?? ''
  const roles = (known['x-user-role'] ?? '')
    .split(',')
    .map((role) => role.trim())
    .filter((role) => role !== '')
  if (subject === '' && roles.length === 0) return {}
  return { ...(subject && { subject }), ...(roles.length > 0 && { roles }), via: 'header' }
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
