import type { Identity } from '@keeptrusts/core'
import type { IncomingCall } from '../http/incoming-call.ts'
import type { TargetRuntime } from '../providers/target-runtime.ts'
import type { ChatRequest } from './chat-request.ts'
import type { Stopwatch } from './stopwatch.ts'
import type { TargetTry } from './target-try.ts'

/** What is known of a call so far; its events are made from it. */
export interface KnownCall {
  /** `req_…`. */
  readonly id: string
  readonly incoming: IncomingCall
  readonly watch: Stopwatch
  /** Filled in by the steps as they learn it; a failure is recorded with what was known. */
  readonly known: {
    request?: ChatRequest
    identity?: Identity
    /** The one that is asked, or was asked last. */
    target?: TargetRuntime
    /** In the order in which they were made. */
    readonly tries: TargetTry[]
  }
}
