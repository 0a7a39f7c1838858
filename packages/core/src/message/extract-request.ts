import type { KeyTable, Visit } from './walk.ts'
import { asData, asIdentifier, asText, walkAt, walkObject } from './walk.ts'
import { walkContent } from './walk-content.ts'
import { walkDefinition } from './walk-definition.ts'
import { walkInput, walkPrompt } from './walk-input.ts'
import { asMedia } from './walk-media.ts'
import { asMessages } from './walk-message.ts'

/**
 * Reads a request: every string a model could read (design §5 "Extract"). There is one table for all endpoints, because
 * a body may carry the fields of another one, and some servers read them.
 */
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

/** How a text is to be written: its schema is a definition. */
const readTextFormat: Visit = (walk, node) => {
  if (node.kind === 'object') walkObject(walk, node, { table: textKeys, other: asText('other') })
  else asText('content')(walkAt(walk, { role: 'user' }), node)
}

const textKeys: KeyTable = new Map<string, Visit>([
  ['format', readDefinitions],
  ['verbosity', asIdentifier],
])

/** What the operator of an application says, as a text or as items. */
const readInstructions: Visit = (walk, node) => {
  const inside = walkAt(walk, { role: 'system', field: 'content' })
  if (node.kind === 'array') walkInput(inside, node)
  else asText()(inside, node)
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
  ...['echo', 'best_of', 'encoding_format', 'dimensions', 'include', 'truncation', 'background'],
  ...['max_output_tokens', 'max_tool_calls', 'reasoning', 'prompt_cache_retention'],
]

/** Fields that requests have and that Responses answers repeat. */
export const sharedKeys: readonly (readonly [string, Visit])[] = [
  ...settings.map((key) => [key, asIdentifier] as const),
  ['tools', readDefinitions],
  ['text', readTextFormat],
  ['instructions', readInstructions],
  ['user', asText('metadata')],
  ['safety_identifier', asText('metadata')],
  ['prompt_cache_key', asText('metadata')],
  ['metadata', asData('metadata')],
]

/** What servers take in the place of a prompt that nobody can read. */
const asTokens: Visit = (walk, node) => {
  if (node.kind !== 'null') walk.out.skip(walk, 'token_array')
}

const requestKeys: KeyTable = new Map<string, Visit>([
  ...sharedKeys,
  ['messages', asMessages('user')],
  ['functions', readDefinitions],
  ['response_format', readDefinitions],
  ['prediction', readPrediction],
  ['stop', asText('other')],
  ['prompt', walkPrompt],
  ['input', walkInput],
  ['suffix', asText('content')],
  ['previous_response_id', storedContext],
  ['conversation', storedContext],
  ['prompt_token_ids', asTokens],
  ['input_ids', asTokens],
  ['prompt_embeds', asTokens],
  ['encrypted_content', asMedia('encrypted')],
])
