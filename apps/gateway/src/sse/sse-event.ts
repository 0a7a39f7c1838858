/** One event of a server-sent stream, with the bytes it came in. */
export interface SseEvent {
  /** From the first byte of the event to the end of its blank line. */
  readonly raw: Uint8Array
  /** The `data:` lines joined by line feeds; `null` for comments and events without data. */
  readonly data: string | null
}

/** The sentinel that ends OpenAI streams. */
export const doneData = '[DONE]'

const encoder = new TextEncoder()

/** An event that holds only data. */
export function dataEvent(data: string): SseEvent {
  return { raw: encoder.encode(`data: ${data}\n\n`), data }
}

/** The same event with other data; its other lines stay as they came. */
export function withData(event: SseEvent, data: string): SseEvent {
  const others = linesOf(event).filter((line) => line !== '' && !isData(line))
  return fromLines([...others, ...data.split('\n').map((line) => `data: ${line}`)], data)
}

/**
 * The event without what no policy reads and every client could see: comments, ids, unknown fields. The event itself
 * when it holds only data and a plain name; `null` when it holds no data.
 */
export function onlyChecked(event: SseEvent): SseEvent | null {
  if (event.data === null) return null
  const lines = linesOf(event)
  const checked = lines.filter((line) => isData(line) || plainName.test(line))
  if (lines.filter((line) => line !== '').length === checked.length) return event
  return fromLines(checked, event.data)
}

const plainName = /^event: ?[a-z][a-z._]{0,63}$/

function isData(line: string): boolean {
  return line === 'data' || line.startsWith('data:')
}

function linesOf({ raw }: SseEvent): string[] {
  return new TextDecoder().decode(raw).split(/\r\n|\n|\r/)
}

function fromLines(lines: readonly string[], data: string): SseEvent {
  return { raw: encoder.encode(`${lines.join('\n')}\n\n`), data }
}
