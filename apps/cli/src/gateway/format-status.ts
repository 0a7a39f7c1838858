import type { StatusReport } from '@keeptrusts/gateway'
import { toLocalTime } from '../events/event-time.ts'
import type { Fact } from '../output/format-facts.ts'
import { formatFacts } from '../output/format-facts.ts'
import type { Style } from '../output/style.ts'

interface FormatOptions {
  readonly style: Style
  /** `local` on a terminal (decision K4). */
  readonly zone: 'local' | 'utc'
}

/** A gateway's report for people. Ends with a line break. */
export function formatStatus(report: StatusReport, { style, zone }: FormatOptions): string {
  const time = (stamp: string): string => (zone === 'local' ? toLocalTime(stamp) : stamp)
  const { log, requests, pack } = report
  const facts: Fact[] = [
    ['Process', `${report.pid}, since ${time(report.started)}`],
    ['Config', `${pack.name} ${pack.version} (${report.config_hash.slice(0, 12)})`],
    ['Recording', report.recording],
    ...(log === null ? noLog : logFacts(log, time)),
    ...report.targets.map(({ id, reachable, circuit }): Fact => {
      return ['Target', `${id}: ${word(reachable)}, circuit ${circuit}`]
    }),
    ['Calls', `${requests.in_flight} in flight, ${requests.processed} since the start`],
  ]
  const head = style.bold(`Keeptrusts gateway ${report.version} on ${report.url}`)
  return [head, ...formatFacts(facts), ''].join('\n')
}

const noLog: readonly Fact[] = [['Log', 'none (audit_store.kind: none)']]

function logFacts(
  log: NonNullable<StatusReport['log']>,
  time: (stamp: string) => string,
): readonly Fact[] {
  const why = log.reason === null ? '' : `: ${log.reason}`
  return [
    ['Log', `${log.state} since ${time(log.since)}${why}`],
    ['Log', `${log.size} events in ${log.folder}`],
    ['Log', `${mebibytes(log.free_bytes)} MiB free, needs ${mebibytes(log.floor_bytes)} MiB`],
    ['Unlogged', log.unlogged === 0 ? null : `${log.unlogged} events since the start`],
  ]
}

function mebibytes(bytes: number): string {
  return (bytes / (1024 * 1024)).toFixed(0)
}

function word(reachable: boolean | null): string {
  if (reachable === null) return 'not asked yet'
  return reachable ? 'reachable' : 'unreachable'
}
