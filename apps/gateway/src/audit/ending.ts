import type { Blocked, Passed } from '@keeptrusts/core'
import type { GatewayError } from '../errors/gateway-error.ts'
import type { TokenUsage } from '../sse/token-usage.ts'
import type { KeptContent } from './content/kept-content.ts'

/** What the client got of an answer. */
export interface Released {
  /** Hashed under the log's key and dropped; `null` when there is nothing to hash. */
  readonly text: string | null
  readonly bytes: number
  /** What `text` is: the body, or the hex SHA-256 of the bytes of a stream. */
  readonly of?: 'body' | 'body_sha256'
  /** What is kept of the answer, encrypted; absent with the levels of content that keep none. */
  readonly kept?: KeptContent | null
}

/** How a call ended. */
export interface Ending {
  /** What the chain said about the answer; absent when there was none to judge. */
  readonly decision?: Passed | Blocked
  readonly error?: GatewayError
  /** HTTP status sent to the client. */
  readonly status: number
  readonly upstreamStatus: number | null
  readonly usage: TokenUsage | null
  readonly finishReasons: readonly string[]
  readonly released: Released
}
