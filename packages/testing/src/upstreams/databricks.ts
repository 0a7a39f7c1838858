import { isObject, parseObject } from '../chat/chat-body.ts'
import type { Completion } from '../chat/complete-chat.ts'
import { completeChat } from '../chat/complete-chat.ts'
import { completionChunks } from '../chat/completion-chunks.ts'
import type { RecordedRequest } from '../http/recorded-request.ts'
import type { Reply, TextReply } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import { completeText } from './openai-completions.ts'
import { embed } from './openai-embeddings.ts'
import { respond } from './openai-responses.ts'
import type { UpstreamSettings } from './upstream-settings.ts'

/** The token that the workspace gives a service principal for its id and secret. */
export const workspaceToken = 'dbx-oauth-token'

/**
 * A Databricks workspace with one serving endpoint: `/serving-endpoints/chat/completions` and its sisters, where the model is the
 * endpoint's name, and `/oidc/v1/token` for service principals. A personal token is `token`, and asked for when one is set.
 */
export function answerAsDatabricks(request: RecordedRequest, settings: UpstreamSettings): Reply {
  const route = `${request.method} ${request.path.split('?')[0]}`
  if (route === 'POST /oidc/v1/token') return issueToken(request, settings)
  if (!isSignedIn(request, settings))
    return refusal(401, 'UNAUTHENTICATED', 'Credential was not sent or was of an unsupported type.')
  if (route === 'POST /serving-endpoints/chat/completions') return answerChat(request, settings)
  const give = otherAnswers[route]
  const body = parseObject(request.body)
  if (give !== undefined && body?.['model'] === settings.model) return give(body, settings)
  return refusal(404, 'ENDPOINT_NOT_FOUND', `No API found for '${route}'`)
}

const otherAnswers: Readonly<Record<string, typeof respond>> = {
  'POST /serving-endpoints/completions': completeText,
  'POST /serving-endpoints/embeddings': embed,
  'POST /serving-endpoints/responses': respond,
}

function issueToken(
  { headers, body }: RecordedRequest,
  { servicePrincipal }: UpstreamSettings,
): Reply {
  const basic = `Basic ${Buffer.from(servicePrincipal ?? '').toString('base64')}`
  const form = new URLSearchParams(body)
  if (!servicePrincipal || headers.authorization !== basic)
    return json(401, { error: 'invalid_client', error_description: 'Client authentication failed' })
  if (form.get('grant_type') !== 'client_credentials' || form.get('scope') !== 'all-apis')
    return json(400, { error: 'invalid_request', error_description: body })
  return json(200, { access_token: workspaceToken, token_type: 'Bearer', expires_in: 3600 })
}

function isSignedIn({ headers }: RecordedRequest, settings: UpstreamSettings): boolean {
  const { token, servicePrincipal } = settings
  if (token === null && servicePrincipal === null) return true
  const accepted = [token, servicePrincipal && workspaceToken].filter((one) => one !== null)
  return accepted.some((one) => headers.authorization === `Bearer ${one}`)
}

function answerChat({ body: text }: RecordedRequest, settings: UpstreamSettings): Reply {
  const { model, answer, created, chunkLength } = settings
  const body = parseObject(text)
  if (body === null || !Array.isArray(body['messages']))
    return refusal(400, 'BAD_REQUEST', `Failed to parse the request: ${text}`)
  if (body['model'] !== model)
    return refusal(
      404,
      'RESOURCE_DOES_NOT_EXIST',
      `The endpoint with name '${body['model']}' does not exist.`,
    )
  const completion = completeChat(body, { answer, created: created() })
  const shape = settings.arrayContent ? withParts : (whole: Completion) => whole
  if (body['stream'] !== true) return json(200, shape(completion))
  const options = body['stream_options']
  const includeUsage = isObject(options) && options['include_usage'] === true
  const chunks = completionChunks(completion, { chunkLength, includeUsage })
  return { chunks: settings.arrayContent ? chunks.map(withDeltaParts) : chunks, done: true }
}

/** Reasoning models give lists of parts where others give a text. */
function withParts(completion: Completion): unknown {
  const choices = completion.choices.map((choice) => {
    const { content, ...message } = choice.message
    return { ...choice, message: { ...message, content: partsOf(content) } }
  })
  return { ...completion, choices }
}

function withDeltaParts(chunk: Readonly<Record<string, unknown>>): unknown {
  const choices = (chunk['choices'] as { delta: { content?: string | null } }[]).map((choice) => {
    const { content, ...delta } = choice.delta
    const parts = content ? { content: [{ type: 'text', text: content }] } : {}
    return { ...choice, delta: { ...delta, ...parts } }
  })
  return { ...chunk, choices }
}

function partsOf(text: string | null): unknown {
  const thought = {
    type: 'summary_text',
    text: `The question is about: ${text}`,
    signature: 'c2ln',
  }
  return [
    { type: 'reasoning', summary: [thought] },
    { type: 'text', text },
  ]
}

function refusal(status: number, code: string, message: string): TextReply {
  return json(status, { error_code: code, message: `${code}: ${message}` })
}
