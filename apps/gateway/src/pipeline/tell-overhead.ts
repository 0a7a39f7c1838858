import type { Call } from '../call/call.ts'
import type { GatewayDeps } from '../gateway-deps.ts'
import type { Reply } from '../http/reply.ts'

/** The header that says what the gateway itself took, milliseconds. */
export const overheadHeader = 'x-keeptrusts-overhead-ms'

/**
 * The reply with what the gateway itself took until now: its head is written next. On a stream this is before the first piece of
 * the answer's text (decision S8). Metrics count the same value, for calls that were decided and whose client is there.
 */
export function tellOverhead(reply: Reply, call: Call, { metrics }: GatewayDeps): Reply {
  const { overheadMs } = call.watch
  const { cancellation } = call.incoming
  if (call.journal.decided && cancellation.reason === null)
    metrics.overhead.observe(overheadMs / 1000)
  return { ...reply, headers: { ...reply.headers, [overheadHeader]: formatOverhead(overheadMs) } }
}

/** Value of the header, to the microsecond. */
export function formatOverhead(ms: number): string {
  return ms.toFixed(3)
}
