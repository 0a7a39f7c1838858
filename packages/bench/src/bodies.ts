import { seededRandom } from './eval/metrics/seeded-random.ts'

/** The bodies that the calls of a stretch of load have. */
export type Bodies =
  /** Each call has this one. */
  | { readonly kind: 'same'; readonly body: string }
  /** One message of about so many bytes, a new text at every call. */
  | { readonly kind: 'one-message'; readonly bytes: number; readonly seed: number }
  /**
   * A history of many messages of about so many bytes in all. `repeated`: every call has the same messages and a new last one,
   * as in a conversation; else all of them are new at every call.
   */
  | {
      readonly kind: 'history'
      readonly bytes: number
      readonly repeated: boolean
      readonly seed: number
    }

interface Message {
  readonly role: 'user' | 'assistant'
  readonly content: string
}

/** Messages of a history before its last one. */
const HISTORY = 40
const SHORTEST = 150

/** A function that gives the body of one call after the other; the same `seed` gives the same ones. */
export function bodySource(bodies: Bodies): () => string {
  if (bodies.kind === 'same') return () => bodies.body
  const random = seededRandom(bodies.seed)
  if (bodies.kind === 'one-message')
    return () => chat([{ role: 'user', content: freshText(bodies.bytes, random) }])
  const messages = Math.max(2, Math.min(HISTORY, Math.floor(bodies.bytes / SHORTEST)))
  const each = bodies.bytes / messages
  const history = (): Message[] =>
    Array.from({ length: messages }, (_, at) => ({
      role: at % 2 === 0 ? 'user' : 'assistant',
      content: freshText(each, random),
    }))
  const last = (): Message => ({ role: 'user', content: freshText(SHORTEST, random) })
  const fixed = history()
  return () => chat([...(bodies.repeated ? fixed : history()), last()])
}

/** A chat completion; what the model server is asked for comes last. */
export function chat(messages: readonly object[], pauseMs = 0): string {
  return JSON.stringify({
    model: 'my-chat-model',
    messages,
    max_tokens: 512,
    ...(pauseMs > 0 && { seed: pauseMs }),
  })
}

const nouns =
  'order shipment customer forecast region warehouse model feature dashboard invoice pipeline table cluster index review sample'
const verbs = 'rose fell moved changed recovered doubled slowed settled'
const adjectives = 'late early open steady seasonal regional average weekly smaller larger'
const lists = { noun: nouns.split(' '), verb: verbs.split(' '), adjective: adjectives.split(' ') }

/** Plain sentences that nobody would stop, about `bytes` long, hardly ever the same twice. */
function freshText(bytes: number, random: () => number): string {
  const of = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? ''
  const parts: string[] = []
  for (let length = 0; length < bytes; ) {
    const { noun, verb, adjective } = lists
    const sentence = `The ${of(adjective)} ${of(noun)} of the ${of(adjective)} ${of(noun)} ${of(verb)} by ${Math.floor(random() * 90)} percent while the ${of(noun)} ${of(verb)}. `
    parts.push(sentence)
    length += sentence.length
  }
  return parts.join('').slice(0, Math.ceil(bytes))
}
