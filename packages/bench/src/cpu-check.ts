import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Figures } from './goals.ts'
import { decimals, spread } from './show-figures.ts'

const file = fileURLToPath(new URL('../results/cpu-reference.json', import.meta.url))
const watched = ['bareCpuOverNginx', 'fullCpuOverNginx'] as const
/** Worse by more than this in every round is no accident of the machine. */
const tolerance = 1.6

/** CPU per request against nginx in the last full run, by figure. */
export type CpuReference = Partial<Readonly<Record<(typeof watched)[number], number>>>

/** Keeps the CPU figures of a full run for later checks. Does nothing for a run that has not measured all of them. */
export function saveCpuReference(figures: Figures): void {
  const middles = watched.map((name) => [name, figures[name]?.median ?? Number.NaN] as const)
  if (middles.some(([, value]) => Number.isNaN(value))) return
  const reference = Object.fromEntries(
    middles.map(([name, value]) => [name, Number(value.toFixed(2))]),
  )
  writeFileSync(file, `${JSON.stringify(reference, null, 2)}\n`)
}

/** The CPU figures of the last full run; `null` when there was none. */
export function readCpuReference(): CpuReference | null {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}

/** What is to be said about CPU per request, and whether it is so much worse in every round that a run must fail. */
export function checkCpu(
  figures: Figures,
  reference: CpuReference | null,
): { readonly lines: readonly string[]; readonly failed: boolean } {
  if (reference === null) return { lines: ['CPU not checked: there is no full run'], failed: false }
  const checked = watched.map((name) => {
    const now = figures[name]
    const then = reference[name]
    if (now === undefined || Number.isNaN(now.median) || then === undefined)
      return { line: `${name} not checked: it was not measured`, worse: false }
    const worse = now.min > then * tolerance
    const verdict = worse ? 'over 60 % worse in every round' : 'not worse in every round'
    return {
      line: `${name} ${spread(now)}, in the last full run ${decimals(then)}: ${verdict}`,
      worse,
    }
  })
  return { lines: checked.map(({ line }) => line), failed: checked.some(({ worse }) => worse) }
}
