import { newRequestId } from '@keeptrusts/core'
import { CallJournal } from '../audit/call-journal.ts'
import type { Journal } from '../audit/journal.ts'
import { UnrecordedJournal } from '../audit/unrecorded-journal.ts'
import type { GatewayDeps } from '../gateway-deps.ts'
import type { IncomingCall } from '../http/incoming-call.ts'
import type { KnownCall } from './known-call.ts'
import { Stopwatch } from './stopwatch.ts'

/** One call on its way through the pipeline. */
export interface Call extends KnownCall {
  readonly journal: Journal
}

/** Starts the clock of a call. */
export function createCall(incoming: IncomingCall, deps: GatewayDeps): Call {
  const known = {
    id: newRequestId(deps.now()),
    incoming,
    watch: new Stopwatch(incoming.arrivedAt),
    known: { tries: [] },
  }
  const isTold = deps.recorder.mode !== 'none' || deps.observer !== null
  const journal = isTold ? new CallJournal(known, deps) : new UnrecordedJournal(deps)
  return { ...known, journal }
}
