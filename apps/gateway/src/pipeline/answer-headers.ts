import type { Call } from '../call/call.ts'

/** What every answer to a call carries, beside the overhead that is known last; on a stream it describes the request side (decision S8). */
export function answerHeaders(call: Call): Readonly<Record<string, string>> {
  return {
    'x-keeptrusts-request-id': call.id,
    'x-keeptrusts-event': call.journal.reference,
    'x-keeptrusts-decision': call.journal.outcome,
  }
}
