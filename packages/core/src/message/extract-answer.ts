import { besideKey } from '../json/address.ts'
import type { JsonNode } from '../json/json-node.ts'
import type { KeyTable, Visit, Walk } from './walk.ts'
import { asData, asIdentifier, asText, walkAt, walkIndexed, walkObject } from './walk.ts'
import { tokenKeys, walkLogprobs } from './walk-logprobs.ts'
import { asNamedMedia } from './walk-media.ts'
import { asMessage, asMessages } from './walk-message.ts'

/**
 * Reads an answer of the chat completions or the completions API, or an event of its stream: all choices, every string a
 * user could see. The text of a stream gets the same address as that of a plain answer.
 */
export const extractAnswer: Visit = (walk, root) => {
  if (root.kind === 'object') walkObject(walk, root, { table: answerKeys, other: asText('other') })
  else asText('other')(walk, root)
}

/** Reads messages that answer something, as the library's callers hand them over. */
export const extractAnswerMessages: Visit = (walk, root) => {
  if (root.kind === 'object')
    walkObject(walk, root, {
      table: new Map([['messages', asMessages('assistant')]]),
      other: asText('other'),
    })
}

function readChoices(walk: Walk, node: JsonNode): void {
  walkIndexed(walk, node, readChoice)
}

const readChoice: Visit = (walk, node) => {
  const inside = walkAt(walk, { role: 'assistant', field: 'content' })
  if (node.kind === 'object') walkObject(inside, node, { table: choiceKeys, other: asText() })
  else asText()(inside, node)
}

const readMessage = asMessage('assistant', [
  ...tokenKeys,
  ['logprobs', walkLogprobs],
  ...(['image_url', 'image', 'input_image'] as const).map(
    (key) => [key, asNamedMedia('image')] as const,
  ),
  ['input_audio', asNamedMedia('audio')],
  ...(['file', 'file_id'] as const).map((key) => [key, asNamedMedia('file')] as const),
])

/** The pieces of a stream stand where the message of a plain answer stands. */
const readDelta: Visit = (walk, node) =>
  readMessage(walkAt(walk, { place: besideKey(walk.place, 'delta', 'message') }), node)

/** Beside all choices stands the message of servers that give only one. */
const readMessageBeside: Visit = (walk, node) =>
  readMessage(walkAt(walk, { role: 'assistant', field: 'content' }), node)

/** A piece of that one; one that is no object stays where it is. */
const readDeltaBeside: Visit = (walk, node) => {
  const inside = walkAt(walk, { role: 'assistant', field: 'content' })
  if (node.kind === 'object') readDelta(inside, node)
  else readMessage(inside, node)
}

const choiceKeys: KeyTable = new Map<string, Visit>([
  ...tokenKeys,
  ['index', asIdentifier],
  ['finish_reason', asIdentifier],
  ['logprobs', walkLogprobs],
  ['message', readMessage],
  ['delta', readDelta],
  ['text', asText()],
])

/** `obfuscation` is noise that hides the length of a piece: letters without a meaning, which no policy may act on. */
const identifierKeys = [
  ...['id', 'object', 'created', 'model', 'system_fingerprint', 'service_tier', 'usage'],
  'obfuscation',
]

const answerKeys: KeyTable = new Map<string, Visit>([
  ...identifierKeys.map((key) => [key, asIdentifier] as const),
  ['choices', readChoices],
  ['message', readMessageBeside],
  ['delta', readDeltaBeside],
  ['messages', asMessages('assistant')],
  ['metadata', asData('metadata')],
  ...tokenKeys,
])
