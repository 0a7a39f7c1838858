import type { ConfigIssue } from '@keeptrusts/core'
import { sanitize } from '../output/sanitize.ts'
import type { Style } from '../output/style.ts'

/** Problems of a configuration in the form of a compiler's messages, one block each. Ends with a line break unless there are none. */
export function formatIssues(issues: readonly ConfigIssue[], style: Style): string {
  return issues.map((issue) => formatIssue(issue, style)).join('')
}

function formatIssue(issue: ConfigIssue, style: Style): string {
  const { file, line, column } = issue.position
  const mark = issue.severity === 'error' ? style.bad : style.warn
  const place = [`${file}:${line}:${column}`, issue.path].filter(Boolean).join('  ')
  return [
    `${mark(`${issue.severity}[${issue.code}]`)}: ${sanitize(issue.message)}`,
    `  --> ${sanitize(place)}`,
    ...(issue.suggestion === undefined ? [] : [`  help: ${sanitize(issue.suggestion)}`]),
    '',
  ].join('\n')
}

/** How many, in words: `1 error`, `3 errors`. */
export function countOf(issues: readonly ConfigIssue[], severity: ConfigIssue['severity']): string {
  const n = issues.filter((issue) => issue.severity === severity).length
  return `${n} ${severity}${n === 1 ? '' : 's'}`
}
