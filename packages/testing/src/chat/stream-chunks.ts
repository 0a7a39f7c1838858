import type { ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'

interface Streaming {
  /** Milliseconds between two events. */
  readonly delayMs: number
  /** Whether events carry their `type` as their name, too. */
  readonly named: boolean
  /** Whether the stream ends with `[DONE]`. */
  readonly done: boolean
}

/** Answers with server-sent events, one per value; stops when the client goes away. */
export async function streamChunks(
  response: ServerResponse,
  chunks: readonly unknown[],
  { delayMs, done, named }: Streaming,
): Promise<void> {
  startEventStream(response)
  for (const chunk of chunks) {
    if (response.destroyed) return
    response.write(named ? toNamedEvent(chunk) : toEvent(chunk))
    if (delayMs > 0) await pause(delayMs)
  }
  response.end(done ? 'data: [DONE]\n\n' : undefined)
}

/** Writes the head of an event stream. */
export function startEventStream(response: ServerResponse): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
  })
}

function toNamedEvent(value: unknown): string {
  return `event: ${(value as { type: string }).type}\n${toEvent(value)}`
}

/** A value as one event. */
export function toEvent(value: unknown): string {
  return `data: ${JSON.stringify(value)}\n\n`
}
