import type { Fact } from '../output/format-facts.ts'
import { formatFacts } from '../output/format-facts.ts'
import { sanitize } from '../output/sanitize.ts'
import type { Style } from '../output/style.ts'
import type { Call } from './call.ts'
import { callReason } from './call-reason.ts'
import { formatFinding } from './format-finding.ts'
import type { PolicyRun } from './policy-run.ts'
import { verdictPaint } from './verdict-paint.ts'

export interface CallPicture {
  readonly call: Call
  /** Facts that only the records hold: who called, over which path, with which content hash. */
  readonly facts: readonly Fact[]
  /** What could not be read, with counts. */
  readonly notScanned: readonly (readonly [what: string, count: number])[]
}

/** The whole picture of a call for people: outcome, facts, each policy's verdict with its findings. Ends with a line break. */
export function formatCall({ call, facts, notScanned }: CallPicture, style: Style): string {
  const paint = verdictPaint(style)
  const reason = callReason(call)
  const head = [
    style.bold(sanitize(call.id)),
    paint(sanitize(call.verdict)),
    reason && sanitize(reason),
  ]
  const sides = [
    side('Request', runsOf(call, 'request'), style),
    side('Answer', runsOf(call, 'response'), style),
  ]
  const unread = notScanned.map(([what, count]) => `  ${sanitize(what)} ×${count}`)
  return [
    head.filter(Boolean).join('  '),
    ...formatFacts(facts),
    ...sides.flat(),
    ...(unread.length === 0 ? [] : ['', style.bold('Not scanned'), ...unread]),
    '',
  ].join('\n')
}

function runsOf(call: Call, stage: PolicyRun['stage']): readonly PolicyRun[] {
  return call.policies.filter((run) => run.stage === stage)
}

function side(title: string, runs: readonly PolicyRun[], style: Style): string[] {
  if (runs.length === 0) return []
  const paint = verdictPaint(style)
  const name = Math.max(...runs.map((run) => run.policy.length))
  const verdict = Math.max(...runs.map((run) => run.verdict.length))
  const lines = runs.flatMap((run) => {
    const policy = sanitize(run.policy).padEnd(name)
    const outcome = paint(sanitize(run.verdict).padEnd(verdict))
    const rest = [run.reason && sanitize(run.reason), duration(run)].filter(Boolean).join('  ')
    const cut = run.findings_total - run.findings.length
    return [
      `  ${policy}  ${outcome}  ${rest}`.trimEnd(),
      ...run.findings.map((finding) => `    ${formatFinding(finding)}`),
      ...(cut > 0 ? [`    and ${cut} more`] : []),
    ]
  })
  return ['', style.bold(title), ...lines]
}

function duration(run: PolicyRun): string | null {
  return run.duration_us === null ? null : `${(run.duration_us / 1000).toFixed(2)} ms`
}
