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

/** An event with a name, as those of the Responses API have one. */
export function namedEvent(name: string, data: string): SseEvent {
  return { raw: encoder.encode(`event: ${name}\ndata: ${data}\n\n`), data }
}

/** The same event with other data; its other lines stay as they came. */
export function withData(event: SseEvent, data: string): SseEvent {
  const others = linesOf(event).filter((line) => line !== '' && !isData(line))
  return fromLines([...others, ...data.split('\n').map((line) => `data: ${line}`)], data)
}

/** The event without what stands beside its data (comments, ids, unknown fields): the event itself when it has none, `null` when it has no data. */
export function withoutSideText(event: SseEvent): SseEvent | null {
  if (event.data === null) return null
  if (isDataAlone(event.raw)) return event
  const lines = linesOf(event)
  if (!lines.some(isSideLine)) return event
  return fromLines(
    lines.filter((line) => line !== '' && !isSideLine(line)),
    event.data,
  )
}

/** The usual form, `data: …` in one line, seen without decoding it. */
function isDataAlone(raw: Uint8Array): boolean {
  const end = raw.length - 2
  if (raw.indexOf(lineFeed) !== end || raw[end + 1] !== lineFeed) return false
  return dataField.every((byte, at) => raw[at] === byte) && !raw.includes(carriageReturn)
}

const [lineFeed, carriageReturn] = [10, 13]
const dataField = encoder.encode('data:')

const plainName = /^event: ?[a-z][a-z._]{0,63}$/

function isSideLine(line: string): boolean {
  return line !== '' && !isData(line) && !plainName.test(line)
}

function isData(line: string): boolean {
  return line === 'data' || line.startsWith('data:')
}

function linesOf({ raw }: SseEvent): string[] {
  return new TextDecoder().decode(raw).split(/\r\n|\n|\r/)
}

function fromLines(lines: readonly string[], data: string): SseEvent {
  return { raw: encoder.encode(`${lines.join('\n')}\n\n`), data }
}
