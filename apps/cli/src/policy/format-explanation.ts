import type { ChainPolicy, ExplainedFinding, ExplainedSegment } from '@keeptrusts/core'
import { formatFinding } from '../events/format-finding.ts'
import { verdictPaint } from '../events/verdict-paint.ts'
import { sanitize, toSafeJson } from '../output/sanitize.ts'
import type { Style } from '../output/style.ts'
import type { ExplainedPrompt } from './explain-prompt.ts'
import type { ExplanationView } from './explanation-json.ts'
import { forwardedBy } from './explanation-json.ts'

interface TextView extends ExplanationView {
  readonly style: Style
}

/** An explanation for people: text by text, then policy by policy, then the outcome. Ends with a line break. */
export function formatExplanation(explained: ExplainedPrompt, view: TextView): string {
  const { config, decision, segments } = explained
  const { style, showText } = view
  const unread = Object.entries(decision.not_scanned)
  return [
    `Pack: ${sanitize(config.pack.name)} (v${sanitize(config.pack.version)})`,
    `Chain: ${config.chain.map(chainEntry).join(' -> ') || 'empty: nothing is checked'}`,
    ...segments.flatMap((segment) => ['', ...formatSegment(segment, view)]),
    ...(unread.length === 0 ? [] : ['', style.bold('Not scanned')]),
    ...unread.map(([what, count]) => `  ${sanitize(what)} ×${count}`),
    '',
    style.bold('Policies'),
    ...formatVerdicts(explained, style),
    '',
    ...formatOutcome(explained, style),
    ...(showText ? ['', style.bold('Forwarded'), ...formatForwarded(explained)] : []),
    '',
  ].join('\n')
}

function chainEntry({ kind, mode }: ChainPolicy): string {
  return mode === 'monitor' ? `${kind} (monitor)` : kind
}

function formatSegment(segment: ExplainedSegment, { style, showText }: TextView): string[] {
  const { address, role, field, kind, text, findings } = segment
  const use = kind === 'identifier' ? `${field}, never edited` : field
  const facts = [role, use, `${text.length} characters`].filter((fact) => fact !== null)
  const lines = findings.map((finding) => `  ${formatMatch(finding, showText)}`)
  return [
    `${style.bold(sanitize(address || '(the body)'))}  ${sanitize(facts.join('  '))}`,
    ...(showText ? [`  ${toSafeJson(text)}`] : []),
    ...(lines.length === 0 ? [`  ${style.dim('nothing found')}`] : lines),
  ]
}

function formatMatch(finding: ExplainedFinding, showText: boolean): string {
  const { policy, note = null, text } = finding
  const line = formatFinding({ ...finding, note, address: null, role: null })
  return `${sanitize(policy)}  ${line}${showText ? `  ${toSafeJson(text)}` : ''}`
}

function formatVerdicts({ decision: { policies } }: ExplainedPrompt, style: Style): string[] {
  const paint = verdictPaint(style)
  const name = Math.max(0, ...policies.map(({ policy }) => policy.length))
  const width = Math.max(0, ...policies.map(({ verdict }) => verdict.length))
  return policies.map(({ policy, verdict, reason }) =>
    `  ${sanitize(policy).padEnd(name)}  ${paint(verdict.padEnd(width))}  ${sanitize(reason ?? '')}`.trimEnd(),
  )
}

function formatOutcome({ decision }: ExplainedPrompt, style: Style): string[] {
  const { outcome, event } = decision
  const facts = [event['reason_code'], event['policy'], event['param']]
  const known = facts.filter((fact) => typeof fact === 'string').map(sanitize)
  const head = [style.bold('Outcome'), verdictPaint(style)(outcome), ...known].join('  ')
  return decision.outcome === 'block' ? [head, `  ${sanitize(decision.message)}`] : [head]
}

function formatForwarded({ decision }: ExplainedPrompt): string[] {
  const forwarded = forwardedBy(decision)
  return forwarded === null ? ['  nothing'] : [toSafeJson(forwarded, 2)]
}
