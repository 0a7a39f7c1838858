import type { Agent } from 'node:http'
import { request } from 'node:http'
import type { Subject } from './subjects/subject.ts'

/** When the parts of one streamed answer arrived, in milliseconds after the request was sent. */
export interface StreamTimes {
  readonly firstByte: number
  /** The first event with text in it. */
  readonly firstText: number
  readonly end: number
}

interface StreamRequest {
  readonly subject: Pick<Subject, 'port' | 'headers'>
  readonly agent: Agent
  readonly pieces: number
  /** Between two pieces. */
  readonly pauseMs: number
  /** Leave after so many milliseconds; resolves then too. */
  readonly leaveAfterMs?: number
}

const question =
  'Summarize the quarterly report and list the three largest changes against last year.'

/** Reads one streamed answer. Throws when it does not end with `[DONE]`, unless the client was to leave before. */
export function readStream({
  subject: { port, headers: own },
  agent,
  pieces,
  pauseMs,
  leaveAfterMs,
}: StreamRequest): Promise<StreamTimes> {
  const body = JSON.stringify({
    model: 'my-chat-model',
    messages: [{ role: 'user', content: question }],
    ...{ stream: true, max_tokens: pieces, seed: pauseMs },
  })
  return new Promise((resolve, reject) => {
    const sent = performance.now()
    const since = (): number => performance.now() - sent
    const headers = {
      ...own,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    }
    const outgoing = request(
      { port, agent, headers, host: '127.0.0.1', method: 'POST', path: '/v1/chat/completions' },
      (response) => {
        let firstByte = Number.NaN
        let firstText = Number.NaN
        let tail = ''
        response.on('data', (chunk: Buffer) => {
          if (Number.isNaN(firstByte)) firstByte = since()
          tail = tail.slice(-100) + chunk.toString('latin1')
          if (Number.isNaN(firstText) && /"content":"[^"]/.test(tail)) firstText = since()
        })
        const leave = () => {
          resolve({ firstByte, firstText, end: since() })
          outgoing.destroy()
        }
        if (leaveAfterMs !== undefined) setTimeout(leave, leaveAfterMs)
        response.on('error', reject)
        response.on('end', () => {
          if (tail.endsWith('data: [DONE]\n\n')) resolve({ firstByte, firstText, end: since() })
          else reject(new Error(`the stream ended with ${tail}`))
        })
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}
