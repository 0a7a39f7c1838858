import { sanitize } from '../output/sanitize.ts'
import type { Style } from '../output/style.ts'
import type { IssueJson } from '../policy/issue-json.ts'

/** What `POST /keeptrusts/reload` answers when it did not fail. */
export interface ReloadReport {
  readonly changed: boolean
  readonly hash: string
  readonly previous: string
  /** UTC RFC 3339. */
  readonly since: string
  readonly paths: readonly string[]
  readonly warnings: readonly string[]
}

/** A problem of the configuration, as the gateway lists it. */
export interface ReportedIssue extends IssueJson {
  readonly severity: 'error' | 'warning'
}

const shownPaths = 50

/** What changed, for people. Ends with a line break. */
export function formatReload(report: ReloadReport, style: Style): string {
  const { changed, hash, previous, paths, warnings } = report
  if (!changed)
    return `${style.good('OK')} The configuration has not changed (${short(hash)}, since ${report.since}).\n`
  const more = paths.length - shownPaths
  return [
    `${style.good('OK')} The new configuration decides: ${short(previous)} -> ${short(hash)}`,
    ...paths.slice(0, shownPaths).map((path) => `  ${sanitize(path)}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
    ...warnings.map((message) => `${style.warn('Warning:')} ${sanitize(message)}`),
    '',
  ].join('\n')
}

function short(hash: string): string {
  return hash.slice(0, 12)
}
