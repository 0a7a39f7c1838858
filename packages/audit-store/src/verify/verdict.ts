import type { Examined, Setting } from './examine.ts'
import type { VerifyReport } from './report.ts'
import { earlierFinding } from './report.ts'

const staleMs = 2 * 3_600_000
const listedRequests = 100

interface Circumstances extends Pick<Setting, 'integrity' | 'completeness'> {
  readonly log: string
  readonly fromLast: boolean
  /** Whether a gateway writes the log. */
  readonly isRunning: boolean
  /** Milliseconds since the epoch. */
  readonly now: number
  readonly seconds: number
}

/** Turns what was seen and found into a verdict. */
export function makeReport(seen: Examined, circumstances: Circumstances): VerifyReport {
  const { log, fromLast, isRunning, now, seconds, integrity, completeness } = circumstances
  const stale = isRunning && (seen.lastTs === null || now - seen.lastTs > staleMs)
  const isBroken = integrity.total + completeness.total > 0
  const isPinned = seen.pin.state === 'current' || seen.pin.state === 'endorsed'
  const isSure = seen.anchored !== null && isPinned && !stale
  return {
    log,
    integrity: {
      verdict: integrity.total === 0 ? 'intact' : 'tampered',
      findings: integrity.list,
      total: integrity.total,
    },
    completeness: {
      verdict: completeness.total > 0 ? 'broken' : seen.anchored === null ? 'unproven' : 'proven',
      findings: completeness.list,
      total: completeness.total,
      anchored_size: seen.anchored?.size ?? null,
      anchored_at: seen.anchored?.time ?? null,
    },
    first: earlierFinding(integrity.first, completeness.first),
    key: { ...seen.pin, vkey: seen.vkey },
    stale,
    partial: fromLast,
    counts: {
      first: seen.first,
      size: seen.size,
      events: seen.events,
      checkpoints: seen.checkpoints,
      anchors: seen.anchors,
      anchors_skipped: seen.anchorsSkipped,
      payloads: seen.payloads,
      open_requests: seen.open.length,
    },
    open_requests: seen.open.slice(0, listedRequests),
    seconds,
    exit: isBroken ? 1 : isSure ? 0 : 3,
  }
}
