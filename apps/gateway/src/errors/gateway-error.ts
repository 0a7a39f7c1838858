import type { errorCodes } from '@keeptrusts/core'
import { errorEntry, KeeptrustsError } from '@keeptrusts/core'

/** A code of the error table. */
export type GatewayCode = keyof typeof errorCodes

export interface GatewayErrorDetails {
  /** What happened, without text of the request or of an upstream. Default: the title of the code. */
  readonly message?: string
  /** How to fix it; the fix of the code when absent. */
  readonly suggestion?: string
  /** HTTP status, where it is not that of the code (an upstream's 4xx is kept). */
  readonly status?: number
  /** Place in the body, as in `messages[3].content`. */
  readonly param?: string | null
  readonly headers?: Readonly<Record<string, string>>
  /** Status of the upstream's answer, when there was one. */
  readonly upstreamStatus?: number
  readonly cause?: unknown
}

/** An answer other than success: thrown by any step, turned into a body only in `to-response.ts`. */
export class GatewayError extends KeeptrustsError {
  readonly status: number
  readonly type: string
  readonly param: string | null
  readonly headers: Readonly<Record<string, string>>
  readonly upstreamStatus: number | null

  constructor(code: GatewayCode, details: GatewayErrorDetails = {}) {
    const entry = errorEntry(code)
    super({
      code,
      message: details.message ?? entry?.title ?? code,
      suggestion: details.suggestion ?? entry?.fix ?? '',
      cause: details.cause,
    })
    this.status = details.status ?? entry?.status ?? 500
    this.type = entry?.type ?? 'server_error'
    this.param = details.param ?? null
    this.headers = details.headers ?? {}
    this.upstreamStatus = details.upstreamStatus ?? null
  }
}
