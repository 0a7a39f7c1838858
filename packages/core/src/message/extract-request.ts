import type { JsonNode } from '../json/json-node.ts'
import type { KeyTable, Visit, Walk } from './walk.ts'
import { asData, asIdentifier, asText, walkAt, walkItems, walkObject } from './walk.ts'
import { walkContent } from './walk-content.ts'
import { walkDefinition } from './walk-definition.ts'
import { asMedia } from './walk-media.ts'
import { asMessages } from './walk-message.ts'

/** Reads a chat completions request: every string a model could read (design §5 "Extract"). */
export const extractRequest: Visit = (walk, root) => {
  if (root.kind === 'object') walkObject(walk, root, { table: requestKeys, other: asText('other') })
  else asText('other')(walk, root)
}

const readDefinitions: Visit = (walk, node) =>
  walkDefinition(walkAt(walk, { field: 'tool_definition' }), node)

/** The caller's guess of the answer. */
const readPrediction: Visit = (walk, node) => {
  const guess = walkAt(walk, { role: 'assistant', field: 'content' })
  if (node.kind === 'object')
    walkObject(guess, node, {
      table: new Map([
        ['type', asIdentifier],
        ['content', walkContent],
      ]),
      other: asText(),
    })
  else asText()(guess, node)
}

/** A prompt of the older completions API: texts, or token numbers that nobody can read. */
const readPrompt: Visit = (walk, node) => {
  if (node.kind === 'object') storedPrompt(walk, node)
  else if (isTokens(node)) walk.out.skip(walk, 'token_array')
  else if (node.kind === 'array') walkItems(walk, node, readPrompt)
  else asText('content')(walkAt(walk, { role: 'user' }), node)
}

/** `prompt.id` names a prompt that the server keeps; its variables are text. */
function storedPrompt(walk: Walk, node: JsonNode): void {
  walk.out.skip(walk, 'stored_context')
  asText('other')(walk, node)
}

function isTokens(node: JsonNode): boolean {
  return node.kind === 'array' && node.items.some((item) => item.kind === 'number')
}

const storedContext: Visit = (walk, node) => {
  if (node.kind === 'null') return
  walk.out.skip(walk, 'stored_context')
  asIdentifier(walk, node)
}

const settings = [
  ...['model', 'tool_choice', 'function_call', 'modalities', 'reasoning_effort', 'service_tier'],
  ...['verbosity', 'audio', 'stream_options', 'logit_bias', 'stream', 'n', 'seed', 'store'],
  ...['temperature', 'top_p', 'top_k', 'max_tokens', 'max_completion_tokens', 'logprobs'],
  ...['top_logprobs', 'presence_penalty', 'frequency_penalty', 'parallel_tool_calls'],
]

const requestKeys: KeyTable = new Map<string, Visit>([
  ...settings.map((key) => [key, asIdentifier] as const),
  ['messages', asMessages('user')],
  ['tools', readDefinitions],
  ['functions', readDefinitions],
  ['response_format', readDefinitions],
  ['prediction', readPrediction],
  ['user', asText('metadata')],
  ['safety_identifier', asText('metadata')],
  ['prompt_cache_key', asText('metadata')],
  ['metadata', asData('metadata')],
  ['stop', asText('other')],
  ['prompt', readPrompt],
  ['input', readPrompt],
  ['instructions', asText('content')],
  ['suffix', asText('content')],
  ['previous_response_id', storedContext],
  ['conversation', storedContext],
  ['encrypted_content', asMedia('encrypted')],
])
