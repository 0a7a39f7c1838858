import type { Json } from '../../../json/parse-json.ts'
import { isRecord } from '../../../json/parse-json.ts'

/** What is added to a chat answer, in the shape of `choices[0].delta`. */
export type Delta = Readonly<Record<string, unknown>>

/**
 * Turns what an agent puts out, whole items or a stream's events about them, into the pieces of one chat answer. Both ways
 * lead through here, so that a plain answer says what a stream says.
 *
 * Texts of several messages are set apart by a blank line. Tool calls are known only at the end: those that the agent
 * answered itself are its own business.
 */
export class AgentOutput {
  /** Items of which something came in pieces. */
  readonly #streamed = new Set<unknown>()
  /** Whole texts that were said, by the id of their item. */
  readonly #said = new Map<unknown, Set<string>>()
  readonly #calls = new Map<unknown, Json>()
  readonly #answered = new Set<unknown>()
  /** The message that text was last added for; `undefined` before the first text. */
  #message: unknown
  #hasText = false
  #sawItems = false
  /** Text that came in pieces and whose whole items have not come yet. */
  #open = ''

  /** A piece of text of the message with this id. */
  text(id: unknown, delta: string): readonly Delta[] {
    this.#open += delta
    return this.#addText(id, delta)
  }

  /** A piece of another field of an item. */
  piece(id: unknown, field: 'refusal' | 'reasoning_content', text: string): readonly Delta[] {
    this.#streamed.add(id)
    return text === '' ? [] : [{ [field]: text }]
  }

  /** A whole item. Gives nothing for what came in pieces or came before. */
  item(item: Json): readonly Delta[] {
    this.#sawItems = true
    switch (item['type']) {
      case 'message':
        return this.#messageItem(item)
      case 'reasoning':
        return this.#reasoningItem(item)
      case 'function_call':
        this.#calls.set(item['call_id'] ?? item['id'], item)
        return []
      case 'function_call_output':
        this.#answered.add(item['call_id'])
        return []
      default:
        return []
    }
  }

  /** The items of a finished response, which repeat what came before. */
  items(items: readonly Json[]): readonly Delta[] {
    const fresh = this.#sawItems ? items.filter((item) => item['id'] !== undefined) : items
    return fresh.flatMap((item) => this.item(item))
  }

  /** The calls that are left to the client. */
  toolCalls(): readonly Json[] {
    const open = [...this.#calls].filter(([id]) => !this.#answered.has(id))
    return open.map(([id, { name, arguments: given }], index) => {
      const text = typeof given === 'string' ? given : JSON.stringify(given ?? {})
      return { index, id, type: 'function', function: { name, arguments: text } }
    })
  }

  #addText(id: unknown, text: string): readonly Delta[] {
    if (text === '') return []
    const apart = this.#hasText && this.#message !== id ? '\n\n' : ''
    this.#message = id
    this.#hasText = true
    return [{ content: apart + text }]
  }

  #messageItem(item: Json): readonly Delta[] {
    // An id of its own for each message without one, so that two of them are set apart.
    const id = item['id'] ?? item
    const parts = listOf(item['content'])
    const text = textOf(item['content']) || parts.map((part) => textOf(part['text'])).join('')
    const refusal = parts.map((part) => textOf(part['refusal'])).join('')
    return [
      ...this.#addText(item, this.#unsaid(id, text)),
      ...(this.#streamed.has(id) ? [] : this.piece(id, 'refusal', refusal)),
    ]
  }

  /** What of a whole text was not said before, in pieces or by an item of the same id. Some agents give the pieces other ids. */
  #unsaid(id: unknown, text: string): string {
    const said = this.#said.get(id) ?? new Set()
    this.#said.set(id, said)
    if (said.has(text)) return ''
    said.add(text)
    const open = this.#open
    if (open !== '' && open.startsWith(text)) {
      this.#open = open.slice(text.length)
      return ''
    }
    this.#open = ''
    return text.startsWith(open) ? text.slice(open.length) : text
  }

  #reasoningItem(item: Json): readonly Delta[] {
    const id = item['id'] ?? item
    if (this.#streamed.has(id)) return []
    const parts = [...listOf(item['summary']), ...listOf(item['content'])]
    return this.piece(id, 'reasoning_content', parts.map((part) => textOf(part['text'])).join('\n'))
  }
}

/** The objects of a list; nothing for anything else. */
export function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isRecord) : []
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
