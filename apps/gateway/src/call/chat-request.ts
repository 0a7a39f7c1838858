import type { JsonObject } from '@keeptrusts/core'

/** A call as it was read from the body. */
export interface ChatRequest {
  /** The body's JSON text, as it came. */
  readonly text: string
  /** Size of the body in bytes. */
  readonly bytes: number
  readonly root: JsonObject
  /** As asked; `null` when absent. */
  readonly model: string | null
  readonly stream: boolean
  /** `stream_options.include_usage`. */
  readonly includeUsage: boolean
}
