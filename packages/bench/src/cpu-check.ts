import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Figures } from './goals.ts'
import { decimals, spread } from './show-figures.ts'

const file = fileURLToPath(new URL('../results/cpu-reference.json', import.meta.url))
const watched = ['bareCpuOverNginx', 'fullCpuOverNginx'] as const
/** Worse by more than this in every round is no accident of the machine. */
const tolerance = 1.6

/** CPU per request next to nginx in the last full run. */
export interface CpuReference {
  /** What it was measured on: on another machine the ratio is another one. */
  readonly machine: string
  readonly bareCpuOverNginx: number
  readonly fullCpuOverNginx: number
}

/** Keeps the CPU figures of a full run for later checks. Does nothing for a run that has not measured all of them. */
export function saveCpuReference(figures: Figures, machine: string): void {
  const middle = (name: (typeof watched)[number]) =>
    Number((figures[name]?.median ?? Number.NaN).toFixed(2))
  const middles = Object.fromEntries(watched.map((name) => [name, middle(name)]))
  if (Object.values(middles).some(Number.isNaN)) return
  writeFileSync(file, `${JSON.stringify({ machine, ...middles }, null, 2)}\n`)
}

/** The CPU figures of the last full run; `null` when there was none. */
export function readCpuReference(): CpuReference | null {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}

/** What is to be said about CPU per request, and whether it is so much worse in every round that a run must fail. */
export function checkCpu(
  figures: Figures,
  reference: CpuReference | null,
  machine: string,
): { readonly lines: readonly string[]; readonly failed: boolean } {
  if (reference === null) return { lines: ['CPU not checked: there is no full run'], failed: false }
  const checked = watched.map((name) => {
    const now = figures[name]
    if (now === undefined || Number.isNaN(now.median))
      return { line: `${name} not checked: it was not measured`, worse: false }
    const worse = now.min > reference[name] * tolerance
    const verdict = worse ? 'over 60 % worse in every round' : 'not worse in every round'
    const then = decimals(reference[name])
    return { line: `${name} ${spread(now)}, in the last full run ${then}: ${verdict}`, worse }
  })
  const comparable = reference.machine === machine
  const lines = checked.map(({ line }) => line)
  return comparable
    ? { lines, failed: checked.some(({ worse }) => worse) }
    : { lines: [...lines, `That was on ${reference.machine}: it decides nothing`], failed: false }
}
