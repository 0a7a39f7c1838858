import type { Finding, VerifyReport } from '@keeptrusts/audit-store'
import type { Fact } from '../output/format-facts.ts'
import { formatFacts } from '../output/format-facts.ts'
import { sanitize } from '../output/sanitize.ts'
import type { Style } from '../output/style.ts'

const shownFindings = 20

/** A report for people: two verdicts, what is wrong, and in plain words what was proved and what was not. */
export function formatReport(report: VerifyReport, style: Style): string {
  const { integrity, completeness } = report
  const findings = [...integrity.findings, ...completeness.findings]
  const hidden = integrity.total + completeness.total - Math.min(findings.length, shownFindings)
  const lines = [
    `${label(integrityWord(report), style)}  ${style.bold('integrity')}     ${integrityText(report)}`,
    `${label(completenessWord(report), style)}  ${style.bold('completeness')}  ${completenessText(report)}`,
    '',
    ...formatFacts(facts(report)),
    ...(findings.length === 0 ? [] : ['', style.bold('Findings')]),
    ...findings.slice(0, shownFindings).map(formatFinding),
    ...(hidden > 0 ? [`  and ${hidden} more`] : []),
    '',
    ...meaning(report),
  ]
  return `${lines.join('\n')}\n`
}

type Word = 'ok' | 'bad' | 'open'

function label(word: Word, style: Style): string {
  if (word === 'ok') return style.good('ok  ')
  return word === 'bad' ? style.bad('FAIL') : style.warn('?   ')
}

function integrityWord({ integrity, key }: VerifyReport): Word {
  if (integrity.verdict === 'tampered') return 'bad'
  return key.state === 'current' || key.state === 'endorsed' ? 'ok' : 'open'
}

function completenessWord({ completeness }: VerifyReport): Word {
  return { proven: 'ok', broken: 'bad', unproven: 'open' }[completeness.verdict] as Word
}

function integrityText({ integrity, first, key }: VerifyReport): string {
  if (integrity.verdict === 'tampered') {
    return `tampered with or damaged${first === null ? '' : `; first: ${firstPlace(first)}`}`
  }
  if (key.state === 'none')
    return 'intact, as far as the log can say it of itself: no key to hold it against'
  if (key.state === 'outlived') {
    return 'intact, but the record of how the given key was replaced is deleted by retention: verify with the newest key'
  }
  return 'intact'
}

function completenessText({ completeness, counts }: VerifyReport): string {
  if (completeness.verdict === 'broken') return 'events are missing at the end'
  if (completeness.anchored_size === null) return 'not proven: no anchor'
  const after = counts.size - completeness.anchored_size
  const rest = after === 0 ? '' : `; the ${after} after that are not anchored yet`
  return `proven for the first ${completeness.anchored_size} events by an anchor${rest}`
}

function facts({ counts, key, seconds, log, partial, stale, completeness }: VerifyReport): Fact[] {
  const range = counts.first === 0 ? '' : `, the first ${counts.first} deleted by retention`
  const read = partial ? `, ${counts.events} of them read (--from-last)` : ''
  const source = { given: 'given', 'key-file': 'from the keys folder', none: 'none' }[key.source]
  return [
    ['log', log],
    ['events', `${counts.size}${range}${read}`],
    ['checkpoints', `${counts.checkpoints}`],
    [
      'anchors',
      counts.anchors === 0
        ? 'none'
        : `${counts.anchors}, the last of ${completeness.anchored_at ?? 'unknown time'}`,
    ],
    ['not compared', counts.anchors_skipped === 0 ? null : `${counts.anchors_skipped} anchors`],
    ['key', source],
    ['signed by', key.vkey],
    ['stale', stale ? 'a gateway runs, but the newest event is more than two hours old' : null],
    [
      'without an end',
      counts.open_requests === 0 ? null : `${counts.open_requests} requests (see --json)`,
    ],
    ['seconds', seconds.toFixed(1)],
  ]
}

function formatFinding({ code, message }: Finding): string {
  return `  ${code.padEnd(21)}  ${sanitize(message)}`
}

function firstPlace({ seq, size, code }: Finding): string {
  if (seq !== undefined && size === undefined) return `event ${seq} (${code})`
  return size === undefined ? code : `the tree of ${size} events (${code})`
}

/** What a verdict of "intact" does not say is as important as what it says. */
function meaning({ key, completeness, exit, partial }: VerifyReport): string[] {
  if (exit === 1) return ['Keep the folder as it is, with its anchors: it is evidence.']
  const vouched = key.state === 'current' || key.state === 'endorsed'
  return [
    vouched
      ? 'Proved: nobody without the signing key changed what is here.'
      : 'Proved: the parts of the log fit each other. Give the key that was kept elsewhere with --vkey to prove who wrote them.',
    completeness.anchored_size === null
      ? 'Not proved: that nothing is missing at the end, or that the holder of the key did not write it anew. Only an anchor kept elsewhere proves that (--anchor).'
      : 'Proved by the anchor: nothing before it is missing or was written anew, not even with the key. As good as the place the anchor was kept at.',
    ...(partial
      ? ['Only the events since the last checkpoint were read; without --from-last all are.']
      : []),
  ]
}
