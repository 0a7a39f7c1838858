import { newRequestId } from '@keeptrusts/core'
import type { MiddlewareHandler } from 'hono'
import { Stopwatch } from '../call/stopwatch.ts'
import type { GatewayBase } from '../gateway-deps.ts'
import { formatOverhead, overheadHeader } from '../pipeline/tell-overhead.ts'

/** Gives answers that are no calls the headers that every answer carries. */
export function markAnswers({ now }: Pick<GatewayBase, 'now'>): MiddlewareHandler {
  return async (c, next) => {
    const watch = new Stopwatch()
    await next()
    c.header('x-keeptrusts-request-id', newRequestId(now()))
    c.header('x-keeptrusts-event', 'none')
    c.header('x-keeptrusts-decision', 'none')
    c.header(overheadHeader, formatOverhead(watch.totalMs))
  }
}
