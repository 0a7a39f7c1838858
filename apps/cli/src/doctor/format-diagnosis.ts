import type { Diagnosis, Finding, FindingStatus } from '@keeptrusts/gateway/doctor'
import { sanitize } from '../output/sanitize.ts'
import type { Style } from '../output/style.ts'

const marks: Readonly<Record<FindingStatus, readonly [mark: string, paint: keyof Style]>> = {
  ok: ['ok', 'good'],
  warning: ['!!', 'warn'],
  failed: ['xx', 'bad'],
  skipped: ['--', 'dim'],
}

interface FormatOptions {
  /** Whether models were called. */
  readonly called: boolean
}

/** A diagnosis for people: one line per finding below what it is about, with what to do, and the counts at the end. */
export function formatDiagnosis(
  { findings, targets }: Diagnosis,
  { called }: FormatOptions,
  style: Style,
): string {
  const subjects = [...new Set(findings.map(({ subject }) => subject))]
  const groups = subjects.map((subject) => {
    const target = targets.find(({ id }) => id === subject)
    const title = target ? `target ${subject}: ${target.provider} at ${target.url}` : subject
    const lines = findings.filter((finding) => finding.subject === subject)
    return [style.bold(sanitize(title)), ...lines.map((line) => formatFinding(line, style))].join(
      '\n',
    )
  })
  const note = called
    ? 'The calls of --call went to the model servers directly: they are not in the audit log.\n'
    : ''
  return `${groups.join('\n\n')}\n\n${note}${counts(findings)}\n`
}

function formatFinding({ status, check, message, fix }: Finding, style: Style): string {
  const [mark, paint] = marks[status]
  const line = `  ${style[paint](mark)}  ${check.padEnd(11)}  ${sanitize(message)}`
  return fix === null ? line : `${line}\n${' '.repeat(19)}${style.dim('fix:')} ${sanitize(fix)}`
}

function counts(findings: readonly Finding[]): string {
  const of = (status: FindingStatus) =>
    findings.filter((finding) => finding.status === status).length
  const warnings = of('warning') === 1 ? '1 warning' : `${of('warning')} warnings`
  return `${of('failed')} failed, ${warnings}, ${of('ok')} ok, ${of('skipped')} skipped`
}
