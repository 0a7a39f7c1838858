import { sanitize } from '../../output/sanitize.ts'
import type { Style } from '../../output/style.ts'
import { formatTable } from '../../output/table.ts'
import { advise } from './advise.ts'
import type { Figures, GroupProfile, Profile, SideProfile } from './profile.ts'

const columns = [
  { title: 'PART' },
  ...['P50', 'P99', 'MAX', 'US/KB', 'SHARE'].map((title) => ({ title, align: 'right' as const })),
  { title: '' },
]

const barLength = 20

/** A profile for people. Ends with a line break. */
export function formatProfile(profile: Profile, style: Style): string {
  const { pack, chain, groups, runs } = profile
  const prompts = groups.reduce((total, group) => total + group.prompts, 0)
  const advice = advise(profile)
  return [
    `Pack: ${sanitize(pack.name)} (v${sanitize(pack.version)})`,
    `Chain: ${chain.map(({ kind }) => sanitize(kind)).join(' -> ') || 'empty: nothing is checked'}`,
    `Measured: ${counted(prompts, 'prompt')}, ${counted(runs, 'run')} of each in turns, after a warm-up. Microseconds; 1 KB is 1,000 bytes of JSON.`,
    ...groups.flatMap((group) => ['', ...formatGroup(group, style)]),
    '',
    style.bold('What the figures say'),
    ...advice.map((sentence) => `  - ${sanitize(sentence)}`),
    '',
  ].join('\n')
}

function formatGroup(group: GroupProfile, style: Style): string[] {
  const { name, prompts } = group
  const head = prompts === 1 ? sanitize(name) : `${sanitize(name)}, ${counted(prompts, 'prompt')}`
  return [
    style.bold(`${head}: requests, ${bytesOf(group.request)}`),
    ...formatSide(group.request, style),
    style.bold(`${head}: answers of the same text, ${bytesOf(group.answer)}`),
    ...formatSide(group.answer, style),
  ]
}

function bytesOf({ bytes }: SideProfile): string {
  return `${bytes} bytes`
}

function formatSide(side: SideProfile, style: Style): string[] {
  const rows = side.policies.map(({ kind, figures, idle }) =>
    figures === null
      ? [sanitize(kind), '-', '-', '-', '-', '-', idleWords(idle)]
      : cellsOf(sanitize(kind), figures),
  )
  const table = formatTable(columns, [
    ...rows,
    cellsOf('reading and writing', side.shared),
    cellsOf('all', side.whole).slice(0, -1),
    ...(side.waited === null ? [] : [waitedCells(side.waited)]),
  ])
  const [titles = '', ...lines] = table.trimEnd().split('\n')
  return [style.dim(`  ${titles}`), ...lines.map((line) => `  ${line}`)]
}

function cellsOf(name: string, { p50, p99, max, perKb, share }: Figures): string[] {
  const bar = '█'.repeat(Math.round(share * barLength)) || '▏'
  return [name, `${p50}`, `${p99}`, `${max}`, perKb.toFixed(1), `${Math.round(share * 100)} %`, bar]
}

/** Not the chain's own work: no share of it. */
function waitedCells({ p50, p99, max }: Figures): string[] {
  return ['waiting for plug-ins', `${p50}`, `${p99}`, `${max}`, '', '', 'in no other line']
}

const words: Readonly<Record<string, string>> = {
  request_only: 'acts on requests only',
  response_only: 'acts on answers only',
  apply_to: 'not applied here (apply_to)',
  no_sink: 'records nothing here',
}

function idleWords(idle: string | null): string {
  return sanitize(words[idle ?? ''] ?? idle ?? 'did not run')
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
