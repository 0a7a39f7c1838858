import type { Log } from '@keeptrusts/gateway'

/** The summary at the start says these better. */
const IN_SUMMARY = new Set(['gateway.started', 'gateway.warning'])

/** The gateway's log, JSON lines, without what the start-up summary has said. */
export async function gatewayLog(write: (line: string) => void): Promise<Log> {
  const { createLog } = await import('@keeptrusts/gateway')
  const log = createLog(write)
  const unless =
    (line: Log['info']): Log['info'] =>
    (event, fields) => {
      if (!IN_SUMMARY.has(event)) line(event, fields)
    }
  return { info: unless(log.info), warn: unless(log.warn), error: log.error }
}
