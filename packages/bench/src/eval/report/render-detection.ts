import { costSizes } from '../cost/measure-cost.ts'
import type { CredentialResult } from '../credentials/evaluate-credentials.ts'
import type { InjectionResult } from '../injection/evaluate-injection.ts'
import type { Interval } from '../metrics/bootstrap.ts'
import type { EntityFigures, PiiResult } from '../pii/evaluate-pii.ts'
import type { DetectionResult, SubjectCost } from './detection-result.ts'
import { decimal, percent, table } from './table.ts'

/** The result as a page for people. */
export function renderDetection({
  date,
  machine,
  injection,
  pii,
  credentials,
  cost,
}: DetectionResult): string {
  return `${[
    `# Detection, ${date}`,
    `${machine}. Made by \`npm run eval -- --data DIR\`. The shipped weights were fitted to many of these rows: such figures say how well
the detector knows what it has seen. What it does with sources that it has not seen is in the model cards.`,
    ...(injection ? injectionPart(injection) : []),
    ...(pii ? piiPart(pii) : []),
    ...(credentials ? credentialPart(credentials) : []),
    ...(cost.length > 0
      ? [
          '## Cost',
          'CPU microseconds per KB of text, medians of 5 rounds (3 or 1 where a kind of text takes long).',
          costSummary(cost),
          ...cost.map(costPart),
        ]
      : []),
  ].join('\n\n')}\n`
}

function injectionPart(result: InjectionResult): string[] {
  const { separation, harmless, subsets, calibration, robustness, indirect } = result
  return [
    '## prompt-injection',
    table(
      [
        'attacks',
        'rows',
        'sources',
        'AUC (95 %)',
        'recall at 1 % false alarms (95 %)',
        'recall at 0.8',
      ],
      separation.map((one) => [
        ...[one.attacks, one.rows, one.groups],
        ...[interval(one.auc, decimal), interval(one.recallAt1, percent), percent(one.recall)],
      ]),
    ),
    'Intervals: bootstrap over sources, 1,000 resamples, fixed seed.',
    table(
      ['harmless', 'rows', 'flagged at 0.8'],
      harmless.map(({ kind, rows, flagged }) => [kind, rows, percent(flagged)]),
    ),
    ...(robustness.length > 0 ? ['### Disguises', robustnessTable(robustness)] : []),
    ...(indirect === null ? [] : ['### Inside documents', ...indirectPart(indirect)]),
    '### Calibration',
    table(
      ['score from', 'rows', 'mean score', 'attacks among them'],
      calibration.map(({ from, count, meanScore, attacks }) => [
        ...[from, count, decimal(meanScore), percent(attacks)],
      ]),
    ),
    '### By source and subset',
    table(
      ['source', 'subset', 'label', 'rows', 'at 0.8', 'above the 1 % limit'],
      subsets.map((one) => [
        ...[one.source, one.subset, one.label, one.rows, percent(one.flagged)],
        percent(one.above1),
      ]),
    ),
  ]
}

function robustnessTable(robustness: InjectionResult['robustness']): string {
  return table(
    ['disguise', 'attacks', 'still found', 'harmless', 'flagged'],
    robustness.map(({ transform, listed, attacks, kept, harmless, flagged }) => [
      ...[listed ? transform : `(${transform})`, attacks, percent(kept)],
      ...[harmless, percent(flagged)],
    ]),
  )
}

function indirectPart(indirect: NonNullable<InjectionResult['indirect']>): string[] {
  return [
    `A sample of ${indirect.documents} long harmless documents; ${percent(indirect.cleanFlagged)} of them are flagged as they are. Of the plain tasks,
${percent(indirect.tasksAlone)} are found alone.`,
    table(
      ['planted', 'where', 'times', 'found'],
      indirect.planted.map(({ kind, position, count, found }) => [
        ...[kind, position, count, percent(found)],
      ]),
    ),
  ]
}

function interval({ value, low, high }: Interval, write: (value: number) => string): string {
  return `${write(value)} (${write(low)} to ${write(high)})`
}

const entityHead = [
  ...['entity', 'source', 'rows', 'labelled', 'strict P', 'strict R', 'strict F1'],
  ...['overlap P', 'overlap R', 'overlap F1', 'spurious per 1,000 rows'],
]

function piiPart({ entities, rowExact, variants, notLookedFor }: PiiResult): string[] {
  return [
    '## pii-detector',
    `Not looked for: ${notLookedFor.join(', ') || 'nothing'}.`,
    table(entityHead, entities.map(entityCells)),
    table(
      ['row-exact', 'rows', 'share'],
      rowExact.map(({ source, rows, share }) => [source, rows, percent(share)]),
    ),
    ...variants.flatMap(({ options, figures }) => [
      `### With \`${options}\``,
      table(entityHead, figures.map(entityCells)),
    ]),
  ]
}

function entityCells(one: EntityFigures): (string | number)[] {
  const three = ({ precision, recall, f1 }: EntityFigures['strict']) =>
    [precision, recall, f1].map(decimal)
  return [
    ...[one.entity, one.source, one.rows, one.labelled],
    ...[...three(one.strict), ...three(one.overlap), one.spuriousPer1000.toFixed(1)],
  ]
}

function credentialPart(result: CredentialResult): string[] {
  const { sources, formats, harmless, alarmRules } = result
  return [
    '## dlp-filter, built-in rules',
    table(
      [
        'source',
        'secrets',
        'found',
        'formats',
        'of these supported',
        'recall of supported',
        'clean',
        'alarms',
      ],
      sources.map((one) => [
        ...[one.source, one.secrets, one.found, one.formats, one.supported],
        ...[percent(one.recallOfSupported), one.clean, one.alarms],
      ]),
    ),
    table(
      ['harmless prompts', 'rows', 'with an alarm'],
      harmless.map(({ kind, prompts, alarms }) => [kind, prompts, alarms]),
    ),
    `Rules with alarms there: ${
      Object.entries(alarmRules)
        .map(([rule, count]) => `${rule} ${count}`)
        .join(', ') || 'none'
    }.`,
    table(
      ['source', 'format', 'secrets', 'found', 'clean', 'alarms'],
      formats.map(({ source, format, secrets, found, clean, alarms }) => [
        ...[source, format, secrets, found, clean, alarms],
      ]),
    ),
  ]
}

function costSummary(cost: readonly SubjectCost[]): string {
  return table(
    [
      'subject',
      'ordinary text, µs/KB at 1 KB',
      'goal',
      'dearest text, µs/KB at 1 MB',
      'worst growth',
    ],
    cost.map(({ subject, goal, rows }) => {
      const dearest = [...rows].sort((a, b) => (b.usPerKb.at(-1) ?? 0) - (a.usPerKb.at(-1) ?? 0))[0]
      const steepest = [...rows].sort((a, b) => b.growth - a.growth)[0]
      return [
        ...[subject, rows[0]?.usPerKb[1]?.toFixed(0) ?? '-', goal ?? '-'],
        dearest ? `${dearest.usPerKb.at(-1)?.toFixed(0)} (${dearest.text})` : '-',
        steepest ? `${steepest.growth.toFixed(1)} (${steepest.text})` : '-',
      ]
    }),
  )
}

function costPart({ subject, rows }: SubjectCost): string {
  return `### ${subject}\n\n${table(
    ['µs/KB', ...costSizes, 'time(1 MB) / time(100 KB)'],
    rows.map(({ text, usPerKb, growth }) => [
      ...[text, ...usPerKb.map((value) => value.toFixed(0)), growth.toFixed(1)],
    ]),
  )}`
}
