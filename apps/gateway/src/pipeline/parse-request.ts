import type { ApiShape, JsonNode, JsonObject } from '@keeptrusts/core'
import type { Call } from '../call/call.ts'
import type { ChatRequest } from '../call/chat-request.ts'
import { waitingFor } from '../call/waits.ts'
import { GatewayError } from '../errors/gateway-error.ts'
import type { GatewayDeps } from '../gateway-deps.ts'
import { readRoot } from '../json/read-root.ts'
import { decodeText } from '../providers/decode-text.ts'

/**
 * Reads the body once and takes from it what routing needs. Throws `GatewayError`: `request_too_large`,
 * `unsupported_encoding`, `invalid_json`, `duplicate_key` or `validation_error`.
 */
export async function parseRequest(call: Call, { config }: GatewayDeps): Promise<ChatRequest> {
  refuseEncoded(call)
  const { incoming, watch } = call
  const reading = incoming.readBody(config.size_limits.max_body_bytes)
  const bytes = await waitingFor(reading, incoming.isComplete ? undefined : watch.client)
  const text = decodeText(bytes)
  if (text === null)
    throw new GatewayError('invalid_json', { message: 'The body is not valid UTF-8.' })
  const root = readRoot(text, { protoKeys: 'reject' })
  refuseUnchecked(root, call.incoming.endpoint.shape)
  const request = { text, bytes: bytes.length, root, ...readRouting(root) }
  call.known.request = request
  return request
}

/** Bodies come plain, as JSON; a missing content type is taken for JSON. */
function refuseEncoded({ incoming }: Call): void {
  const encoding = incoming.headers['content-encoding']?.trim().toLowerCase() || 'identity'
  const type = incoming.headers['content-type'] ?? 'application/json'
  if (encoding !== 'identity')
    throw new GatewayError('unsupported_encoding', { message: 'The body is compressed.' })
  if (!/^\s*(application|text)\/([\w.-]+\+)?json\s*(;|$)/i.test(type))
    throw new GatewayError('unsupported_encoding', {
      message: 'The content type of the body is not JSON.',
    })
}

/** Ways of answering that would lead past the checks, or that an API does not have. */
function refuseUnchecked(root: JsonObject, shape: ApiShape): void {
  if (shape === 'embeddings' && find(root, 'stream')?.kind === 'true')
    throw new GatewayError('validation_error', {
      message: 'stream must be false: embeddings are not streamed.',
      param: 'stream',
    })
  const background = shape === 'responses' ? (find(root, 'background')?.kind ?? 'null') : 'null'
  if (background === 'true')
    throw new GatewayError('unscannable_input', {
      message: 'An answer that is made in the background is fetched later, past the policies.',
      suggestion: 'Leave background out, and use stream: true where an answer takes long.',
      param: 'background',
    })
  if (background !== 'false' && background !== 'null')
    throw wrongType('background', 'true or false')
}

function readRouting(root: JsonObject): Pick<ChatRequest, 'model' | 'stream' | 'includeUsage'> {
  const model = find(root, 'model')
  const stream = find(root, 'stream')
  const options = find(root, 'stream_options')
  if (model && model.kind !== 'string' && model.kind !== 'null')
    throw wrongType('model', 'a string')
  if (stream && !['true', 'false', 'null'].includes(stream.kind))
    throw wrongType('stream', 'true or false')
  const usage = options?.kind === 'object' ? find(options, 'include_usage') : undefined
  return {
    model: model?.kind === 'string' ? model.value : null,
    stream: stream?.kind === 'true',
    includeUsage: usage?.kind === 'true',
  }
}

function find(object: JsonObject, key: string): JsonNode | undefined {
  return object.entries.find((entry) => entry.key.value === key)?.value
}

function wrongType(param: string, expected: string): GatewayError {
  return new GatewayError('validation_error', { message: `${param} must be ${expected}.`, param })
}
