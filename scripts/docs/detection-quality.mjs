// docs/reference/detection-quality.md from the newest dated result of `npm run eval` and the model cards that ship.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../build.mjs'
import { goalRows } from './detection-goals.mjs'
import { readModelCards } from './training-sources.mjs'

const folder = 'packages/bench/results'

/** The Markdown page. */
export function detectionQuality() {
  const file = newestResult()
  const result = JSON.parse(readFileSync(join(root, folder, file), 'utf8'))
  return `${[
    head(file, result),
    '## Figures next to the goals',
    goals(file, result),
    ...unseenSources(readModelCards()),
    ...disguises(result),
    ...names(result),
    ...credentials(result),
    ...cost(file, result),
    weakSpots,
  ].join('\n\n')}\n`
}

/** Files sort by date; of one day, \`DATE-detection.json\` sorts behind \`DATE-detection-baseline.json\`. */
function newestResult() {
  const files = readdirSync(join(root, folder)).filter((name) =>
    /^\d{4}-\d\d-\d\d-detection(?:-[a-z]+)?\.json$/.test(name),
  )
  return files.sort().at(-1)
}

function head(file, { date, machine }) {
  return `# How good the detectors are

Measured on ${date} (${machine}) with \`npm run eval\`; all figures of that run are in ${link(file)}.

- **The rows** are public collections of attacks, harmless prompts, sentences with labelled entities and test credentials. They
  are not in this repository; the command takes any folder with rows of that form ([how](../../packages/bench/README.md)).
- **In-sample**: the shipped weights of \`prompt-injection\` and of names were fitted to most of these rows, and the rules were written by
  people who had seen rows like them. Where it says *in-sample*, your traffic will do worse.
- **Unseen sources**: fits that have never seen a row of the source that they are measured on. These figures say what to expect of new
  text; they come from the model cards that training writes.
- Intervals are 95 % bootstraps over sources. Cost is CPU time in one process; it moves with the machine, so compare ratios.`
}

/** Every section with figures of time names the file that they come from. */
function link(file) {
  return `[\`${file}\`](../../${folder}/${file})`
}

function goals(file, result) {
  const rows = goalRows(result).map(
    ({ what, goal, value, kind }) => `| ${what} | ${goal} | ${value} | ${kind} |`,
  )
  return `The goals are for rows from other sources than these. Measured: ${link(file)}; \`-\` is not measured in this run.

| what | goal | measured | how |
|---|---|---|---|
${rows.join('\n')}`
}

function unseenSources(cards) {
  const injection = cards.find(({ unseenSources }) => unseenSources !== undefined)
  const person = cards.find(({ leaveOneSourceOut }) => leaveOneSourceOut !== undefined)
  if (injection === undefined && person === undefined) return []
  return [
    '## Unseen sources',
    ...(injection === undefined ? [] : [unseenAttacks(injection.unseenSources)]),
    ...(person === undefined ? [] : [unseenNames(person.leaveOneSourceOut)]),
  ]
}

function unseenAttacks({ all, overrides, freshFamilies, harmless }) {
  const row = (name, figures) =>
    figures === undefined
      ? []
      : [
          `| ${name} | ${figures.attacks} | ${figures.auc} | ${figures.recallAt1PercentFalseAlarms} % | ${figures.recallAt08} % |`,
        ]
  const flagged =
    harmless === undefined
      ? ''
      : `\n\nOf ${harmless.texts} harmless texts, judged in the same way, ${harmless.flaggedAt08} % are flagged at 0.8.`
  return `\`prompt-injection\`, each source judged by weights that have not seen it:

| attacks | rows | AUC | found at 1 % false alarms | found at 0.8 |
|---|---|---|---|---|
${[...row('all', all), ...row('overrides, personas, extraction', overrides), ...row('other families', freshFamilies)].join('\n')}${flagged}`
}

function unseenNames(sources) {
  const cell = (value) => (value / 1000).toFixed(3)
  const rows = Object.entries(sources).flatMap(([source, modes]) =>
    Object.entries(modes).map(
      ([mode, { names: count, strict, overlap }]) =>
        `| ${source} | ${mode} | ${count} | ${cell(strict.f1)} | ${cell(overlap.precision)} | ${cell(overlap.recall)} | ${cell(overlap.f1)} |`,
    ),
  )
  return `PERSON, each source judged by a recogniser that has not seen it:

| source | \`person.mode\` | names | strict F1 | overlap precision | overlap recall | overlap F1 |
|---|---|---|---|---|---|---|
${rows.join('\n')}`
}

function disguises({ injection }) {
  if (injection === undefined) return []
  const rows = injection.robustness.map(
    ({ transform, listed, kept, flagged }) =>
      `| ${listed ? transform : `${transform} (variant)`} | ${percent(kept)} | ${percent(flagged)} |`,
  )
  const planted = (injection.indirect?.planted ?? []).map(
    ({ kind, position, count, found }) =>
      `| ${kind} | ${position} | ${count} | ${percent(found)} |`,
  )
  return [
    `## Disguised and hidden attacks

In-sample: of the attacks that are found as they are, the share that is still found in each disguise, and the share of harmless
prompts that is flagged because of it. Nobody sends a whole prompt in tag characters for an honest reason.

| disguise | still found | harmless flagged |
|---|---|---|
${rows.join('\n')}`,
    `Attacks planted into long harmless documents, as a tool result. *override*: short orders to ignore instructions. *task*: plain tasks
without any order to the model, which look like the document.

| planted | where | times | found |
|---|---|---|---|
${planted.join('\n')}`,
  ]
}

function names({ pii }) {
  if (pii === undefined) return []
  const runs = [{ options: 'defaults', figures: pii.entities }, ...pii.variants].flatMap(
    ({ options, figures }) =>
      figures
        .filter(({ entity }) => entity === 'PERSON')
        .map(({ source, labelled, strict, overlap }) => {
          const cells = [strict.f1, overlap.precision, overlap.recall, overlap.f1].map(decimal)
          return `| ${source} | ${options === 'defaults' ? options : `\`${options}\``} | ${labelled} | ${cells.join(' | ')} |`
        }),
  )
  return [
    `## Names by kind of text

PERSON, in-sample for the sources that the recogniser was fitted to:

| rows | options | names | strict F1 | overlap precision | overlap recall | overlap F1 |
|---|---|---|---|---|---|---|
${runs.join('\n')}

Types of these rows that are not looked for: ${pii.notLookedFor.join(', ') || 'none'}.`,
  ]
}

function credentials({ credentials: result }) {
  if (result === undefined) return []
  const rows = result.sources.map(
    (one) =>
      `| ${one.source} | ${one.found} of ${one.secrets} | ${one.supported} of ${one.formats} | ${percent(one.recallOfSupported)} | ${one.alarms} of ${one.clean} |`,
  )
  return [
    `## Credentials

A format counts as supported when at least one of its secrets is found. *Clean* rows are made to look like secrets.

| source | secrets found | formats supported | found of supported formats | alarms on clean rows |
|---|---|---|---|---|
${rows.join('\n')}`,
  ]
}

function cost(file, { cost: subjects }) {
  if (subjects.length === 0) return []
  const rows = subjects.map(({ subject, goal, rows: texts }) => {
    const dearest = [...texts].sort((a, b) => b.usPerKb.at(-1) - a.usPerKb.at(-1))[0]
    const steepest = [...texts].sort((a, b) => b.growth - a.growth)[0]
    return `| ${subject} | ${goal ?? '-'} | ${texts[0].usPerKb[1].toFixed(0)} | ${dearest.usPerKb.at(-1).toFixed(0)} (${dearest.text}) | ${steepest.growth.toFixed(1)} (${steepest.text}) |`
  })
  return [
    `## Cost

CPU microseconds per KB; growth is time(1 MB) / time(100 KB) on the worst of ${subjects[0].rows.length} kinds of text, 10 is linear, the goal is 12.
Texts and sizes: ${link(file)}.

| detector | goal | ordinary text, 1 KB | dearest text, 1 MB | worst growth |
|---|---|---|---|---|
${rows.join('\n')}`,
  ]
}

const weakSpots = `## What is weak

- **New attack families.** A model of words and rules knows the wording of known attacks. What resembles no row often passes; compare
  *unseen sources* with *in-sample* above.
- **Languages without rows.** Rules know the classic override in some major languages; other attacks in them, and most attacks in other
  languages, pass. Measure on your own rows before you rely on it.
- **Implicit attacks.** A plain task inside a document ("which song is best?") has nothing that shows it is an attack. No figure for
  *task* above is worth relying on: give tools and documents few rights.
- **Attacks over several turns** show only where one turn shows them. Images and audio are not read.
- **Quoted attacks** in questions about security look like attacks; fiction about breaking rules comes near.
- **Names**: rare and international names, nicknames, handles, and names in lower case without a cue are missed. Places, ships and
  companies named after people are taken for people.
- **Numbers** of countries and formats that are not configured, with typing errors, or written in words are missed.
- **Credentials** without a format of their own (ordinary passwords in prose) are found only beside a key word.
- A plug-in can bring a model that does better where you need it; these detectors are what runs in the process without one.`

function percent(share) {
  return share === null ? '-' : `${(100 * share).toFixed(1)} %`
}

function decimal(value) {
  return value === null ? '-' : value.toFixed(3)
}
