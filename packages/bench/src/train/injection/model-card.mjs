import { writeFileSync } from 'node:fs'
import { SHARES } from './calibrate.mjs'
import { teachesRules, teachesWords } from './folds.mjs'
import * as settings from './settings.mjs'

const WEAK_SPOTS = [
  'New attack families in ordinary words: a model of words knows only what resembles its rows.',
  'Languages without public rows rest on word lists and on few sentences of our own; transfer is partly measured, never proved.',
  'Harmless fiction and role play about breaking rules is flagged more often than other text.',
  'Games for a secret in short, polite questions (a rhyme, a letter, a hint) often pass.',
  'Plain tasks hidden in a document, without any order to the model, look like the document.',
  'Own samples help to choose nothing: figures are of public rows whose source was left out, but their authors knew of such rows.',
]

/** Everything a reader must know of the shipped numbers. */
export function modelCard({ rows, figures, planted, limits, calibration, hash, date }) {
  return {
    name: 'prompt-injection: words model and rule weights',
    date,
    sha256: hash,
    seed: settings.SEED,
    settings: { ...settings },
    rows: rowsBySource(rows),
    unseenSources: figures,
    plantedInLongDocuments: planted,
    calibration: {
      shares: SHARES,
      limits: rounded(limits),
      windows: calibration.windows,
    },
    weakSpots: WEAK_SPOTS,
  }
}

function rowsBySource(rows) {
  const entries = new Map()
  for (const row of rows.filter(({ composed }) => !composed)) {
    const source = row.source.replace(/^generated: /, '').split(/[: ]/)[0]
    const own = row.own ? row.source : source
    const { label, licence, trainable } = row
    const key = JSON.stringify([own, licence, label, trainable])
    const entry = entries.get(key) ?? {
      source: own,
      licence,
      label,
      trainable,
      rows: 0,
      shaping: 0,
    }
    entry.rows += 1
    if (teachesWords(row) || teachesRules(row)) entry.shaping += 1
    entries.set(key, entry)
  }
  return [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry)
}

const rounded = (limits) =>
  JSON.parse(
    JSON.stringify(limits, (_, value) =>
      typeof value === 'number' ? Math.round(value * 100) / 100 : value,
    ),
  )

/** Writes the card for programs and for people. */
export function writeCard(folder, card) {
  writeFileSync(new URL('model-card.json', folder), `${JSON.stringify(card, null, 2)}\n`)
  writeFileSync(new URL('model-card.md', folder), pageOf(card))
}

function pageOf(card) {
  const { unseenSources: seen } = card
  const line = (name, { attacks, auc, recallAt1PercentFalseAlarms, recallAt08 }) => [
    name,
    attacks,
    auc,
    `${recallAt1PercentFalseAlarms} %`,
    `${recallAt08} %`,
  ]
  return `${[
    `# Model card: ${card.name}`,
    `Fitted ${card.date}, seed ${card.seed}. SHA-256 of the weights: \`${card.sha256}\`. Written by \`npm run train:injection\`; the same rows give the same bytes.`,
    '## Sources never seen',
    'Every row is scored by a fit without its repository. Recall at 1 % is at the score that 1 % of the harmless rows pass; "at 0.8" is as shipped.',
    table(
      ['attacks', 'texts', 'AUC', 'recall at 1 %', 'found at 0.8'],
      [
        line('all', seen.all),
        line('overrides, extraction, personas', seen.overrides),
        line('families unlike any other source', seen.freshFamilies),
      ],
    ),
    `Harmless texts flagged at 0.8: ${seen.harmless.flaggedAt08} % of ${seen.harmless.texts}.`,
    plantedLine(card.plantedInLongDocuments),
    '## By source that was left out',
    table(
      ['source', 'attacks', 'AUC', 'found at 0.8', 'harmless', 'flagged at 0.8'],
      seen.bySource.map((one) => [
        one.source,
        one.attacks ?? '',
        one.auc ?? '',
        one.attacks ? `${one.recallAt08} %` : '',
        one.harmless ?? '',
        one.harmless ? `${one.flaggedAt08} %` : '',
      ]),
    ),
    '## By kind of text',
    table(
      ['kind', 'texts', 'reach 0.8'],
      seen.bySubset.map((one) => [one.subset, one.texts, `${one.reach08} %`]),
    ),
    '## Rows',
    table(
      ['source', 'licence', 'label', 'rows', 'shape the weights'],
      card.rows.map((one) => [one.source, one.licence, one.label, one.rows, one.shaping]),
    ),
    '## Weak spots',
    card.weakSpots.map((spot) => `- ${spot}`).join('\n'),
  ].join('\n\n')}\n`
}

function plantedLine({ orders, mixed, documents, flagged }) {
  const share = (count, { attacks }) => `${Math.round((100 * count) / Math.max(1, attacks))} %`
  const of = (group) =>
    [...Object.entries(group.found), ['alone', group.alone]]
      .map(([place, count]) => `${place} ${share(count, group)}`)
      .join(', ')
  return `Short orders to the model in a long document, neither of a known source (${orders.attacks} each): ${of(orders)}. Requests of a mixed collection, many of which order nothing (${mixed.attacks} each): ${of(mixed)}. Documents without one flagged: ${flagged} of ${documents}.`
}

function table(head, rows) {
  const cells = (list) => `| ${list.join(' | ')} |`
  return [cells(head), cells(head.map(() => '---')), ...rows.map(cells)].join('\n')
}
