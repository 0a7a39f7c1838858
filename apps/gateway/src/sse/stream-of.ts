import type { ApiShape } from '@keeptrusts/core'
import type { SseEvent } from './sse-event.ts'
import { synthesiseResponseStream } from './synthesise-response-stream.ts'
import { synthesiseStream } from './synthesise-stream.ts'
import { synthesiseTextStream } from './synthesise-text-stream.ts'

interface WholeAnswer {
  readonly shape: ApiShape
  /** JSON text. */
  readonly text: string
  readonly includeUsage: boolean
}

/** The stream of an answer that came as a whole where the client asked for a stream. */
export function streamOf({ shape, text, includeUsage }: WholeAnswer): SseEvent[] {
  const answer = JSON.parse(text)
  if (shape === 'responses') return synthesiseResponseStream(answer)
  if (shape === 'completions') return synthesiseTextStream(answer, includeUsage)
  return synthesiseStream(answer, includeUsage)
}
