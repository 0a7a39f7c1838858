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
  const { log, requests, pack, tls } = report
  const facts: Fact[] = [
    ['Process', `${report.pid}, since ${time(report.started)}`],
    ['Config', `${pack.name} ${pack.version} (${report.config_hash.slice(0, 12)})`],
    ['TLS', tls && `certificate until ${time(tls.not_after)}`],
    ['TLS', tls && `SHA-256 ${tls.fingerprint}`],
    ['TLS', tls?.problem ? `changed files are not used: ${tls.problem}` : null],
    ['Config', `from ${report.config.files.join(', ')}, since ${time(report.config.since)}`],
    ['Reload', failedReload(report, time)],
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

/** Only while the files are not what decides. */
function failedReload(
  { config: { failed_reload: failed } }: StatusReport,
  time: (stamp: string) => string,
): string | null {
  if (failed === null) return null
  const where = failed.where === null ? '' : ` at ${failed.where}`
  return `failed at ${time(failed.time)}: ${failed.codes.join(', ')}${where}; kt gateway reload says more`
}

type Anchor = NonNullable<StatusReport['log']>['anchors'][number]

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
    ...log.anchors.map((anchor): Fact => ['Anchor', anchorText(anchor, time)]),
    ['Unlogged', log.unlogged === 0 ? null : `${log.unlogged} events since the start`],
  ]
}

function anchorText(
  { where, last_size, last_at, behind_seconds, error }: Anchor,
  time: (stamp: string) => string,
): string {
  const size = last_size === null ? 'nothing yet' : `${last_size} events`
  const at = last_at === null ? '' : ` at ${time(last_at)}`
  const trouble = error === null ? '' : `; behind for ${behind_seconds} s: ${error}`
  return `${where}: ${size}${at}${trouble}`
}

function mebibytes(bytes: number): string {
  return (bytes / (1024 * 1024)).toFixed(0)
}

function word(reachable: boolean | null): string {
  if (reachable === null) return 'not asked yet'
  return reachable ? 'reachable' : 'unreachable'
}
