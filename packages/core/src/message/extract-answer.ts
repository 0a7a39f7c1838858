import { besideKey } from '../json/address.ts'
import type { KeyTable, Visit } from './walk.ts'
import { asData, asIdentifier, asText, walkAt, walkIndexed, walkObject } from './walk.ts'
import { asMessage, asMessages } from './walk-message.ts'

/** `drop`: some policy may change the answer, so that the tokens beside it must go (decision T4). */
export type Logprobs = 'keep' | 'drop'

/**
 * Reads an answer of the chat completions API, or an event of its stream: all choices, every string a user could see.
 * The message of a stream gets the same address as that of a plain answer.
 */
export function asAnswer(logprobs: Logprobs): Visit {
  const table: KeyTable = new Map([...answerKeys, ['choices', asChoices(logprobs)]])
  return (walk, root) => {
    if (root.kind === 'object') walkObject(walk, root, { table, other: asText('other') })
    else asText('other')(walk, root)
  }
}

/** Reads messages that answer something, as the library's callers hand them over. */
export const extractAnswerMessages: Visit = (walk, root) => {
  if (root.kind === 'object')
    walkObject(walk, root, {
      table: new Map([['messages', asMessages('assistant')]]),
      other: asText('other'),
    })
}

const answerKeys: readonly (readonly [string, Visit])[] = [
  ...['id', 'object', 'created', 'model', 'system_fingerprint', 'service_tier', 'usage'].map(
    (key) => [key, asIdentifier] as const,
  ),
  ['messages', asMessages('assistant')],
  ['metadata', asData('metadata')],
]

function asChoices(logprobs: Logprobs): Visit {
  const table: KeyTable = new Map<string, Visit>([
    ['index', asIdentifier],
    ['finish_reason', asIdentifier],
    ['logprobs', logprobs === 'drop' ? dropValue : leave],
    ['message', readMessage],
    ['delta', readDelta],
  ])
  const readChoice: Visit = (walk, node) => {
    const inside = walkAt(walk, { role: 'assistant', field: 'content' })
    if (node.kind === 'object') walkObject(inside, node, { table, other: asText() })
    else asText()(inside, node)
  }
  return (walk, node) => walkIndexed(walk, node, readChoice)
}

const readMessage = asMessage('assistant')

/** The pieces of a stream stand where the message of a plain answer stands. */
const readDelta: Visit = (walk, node) =>
  readMessage(walkAt(walk, { place: besideKey(walk.place, 'delta', 'message') }), node)

const dropValue: Visit = (walk, node) => {
  if (node.kind !== 'null') walk.body.replace({ start: node.start, end: node.end, text: 'null' })
}

/** Tokens repeat the text, and nothing may change the answer: no policy would learn anything from them. */
const leave: Visit = () => undefined
