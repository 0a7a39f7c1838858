import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RecordedRequest } from './recorded-request.ts'

/** Starts the record of a request; `aborted` is set when the client leaves before the answer's end. */
export function recordRequest(message: IncomingMessage, response: ServerResponse): RecordedRequest {
  const record: RecordedRequest = {
    method: message.method ?? '',
    path: message.url ?? '',
    headers: message.headers,
    rawHeaders: message.rawHeaders,
    body: '',
    time: Date.now(),
    aborted: false,
    abortedAt: null,
  }
  response.on('close', () => {
    if (response.writableFinished) return
    record.aborted = true
    record.abortedAt = Date.now()
  })
  return record
}

/** Reads a body to its end as UTF-8; rejects when the client goes away first. */
export async function readBody(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
