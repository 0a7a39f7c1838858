/** The parts of a chat request that a fake model reads. */
export interface ChatBody {
  readonly model?: unknown
  readonly messages?: unknown
  readonly n?: unknown
  readonly stream?: unknown
  readonly stream_options?: unknown
  readonly tools?: unknown
  readonly tool_choice?: unknown
}

/** A JSON object, or `null` for a body that is anything else. */
export function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

/** Whether a value is a JSON object, not an array. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The text of the last user message (of the last message when there is none); parts are joined with line breaks. */
export function lastUserText(messages: unknown): string {
  const turns = Array.isArray(messages) ? messages.filter(isObject) : []
  const last = turns.findLast((turn) => turn['role'] === 'user') ?? turns.at(-1)
  return textOf(last?.['content'])
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  const texts = content.map((part: unknown) => (isObject(part) ? part['text'] : undefined))
  return texts.filter((text) => typeof text === 'string').join('\n')
}
