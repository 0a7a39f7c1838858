import type { ConfigIssue } from './config.ts'

/** Issues in file order, each once, without those that only follow from another one. */
export function sortIssues(
  issues: readonly ConfigIssue[],
  files: readonly string[],
): readonly ConfigIssue[] {
  const own = issues.filter((issue) => !followsFromRemoval(issue, issues))
  const unique = new Map(own.map((issue) => [JSON.stringify(issue), issue]))
  return [...unique.values()].sort((a, b) => compare(a, b, files))
}

/** What was taken out and reported is not reported as missing too. */
function followsFromRemoval(issue: ConfigIssue, all: readonly ConfigIssue[]): boolean {
  if (issue.code !== 'E015') return false
  return all.some(({ code, path }) => {
    return (
      (code === 'E011' || code === 'E019') && path.startsWith(`${issue.path}.`) && issue.path !== ''
    )
  })
}

function compare(a: ConfigIssue, b: ConfigIssue, files: readonly string[]): number {
  const byFile = files.indexOf(a.position.file) - files.indexOf(b.position.file)
  const byLine = a.position.line - b.position.line
  return byFile || byLine || a.position.column - b.position.column
}
