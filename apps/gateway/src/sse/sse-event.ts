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
  const text = new TextDecoder().decode(event.raw)
  const others = text
    .split(/\r\n|\n|\r/)
    .filter((line) => line !== '' && line !== 'data' && !line.startsWith('data:'))
  const lines = [...others, ...data.split('\n').map((line) => `data: ${line}`)]
  return { raw: encoder.encode(`${lines.join('\n')}\n\n`), data }
}
