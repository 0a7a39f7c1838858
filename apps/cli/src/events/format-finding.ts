import { sanitize } from '../output/sanitize.ts'
import type { FindingRow } from './policy-run.ts'

/** A finding on one line: what, how sure, where, and what became of it. */
export function formatFinding(finding: FindingRow): string {
  const span = finding.start === finding.end ? 'whole text' : `${finding.start}-${finding.end}`
  const place = [finding.address, finding.role && `(${finding.role})`, span].filter(Boolean)
  return [
    finding.enforced ? finding.action : `would ${finding.action}`,
    finding.type,
    finding.rule,
    finding.score === null ? null : (finding.score / 1000).toFixed(3),
    place.join(' '),
    finding.note,
  ]
    .filter((part) => part !== null && part !== '')
    .map((part) => sanitize(String(part)))
    .join('  ')
}
