import type { ServerResponse } from 'node:http'
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import { startEventStream, toEvent } from '../chat/stream-chunks.ts'

const head = {
  id: 'chatcmpl-fake',
  object: 'chat.completion.chunk',
  created: 1_700_000_000,
  model: 'my-chat-model',
}

/** Sends the first events of a chat stream, one per piece of content, and waits until they are on their way. */
export async function sendStreamStart(
  response: ServerResponse,
  pieces: readonly string[],
): Promise<void> {
  startEventStream(response)
  for (const content of pieces) {
    const choices = [{ index: 0, delta: { role: 'assistant', content }, finish_reason: null }]
    await new Promise<void>((resolve) => {
      response.write(toEvent({ ...head, choices }), () => resolve())
    })
  }
  // A reset overtakes what the client has not read yet. Where both share a process that stands still for longer, its turns count.
  await pause(30)
  for (let turn = 0; turn < 20; turn++) await nextTurn()
}
