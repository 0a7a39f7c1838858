import { table } from './eval/report/table.ts'
import type { Figures } from './goals.ts'
import { goalsTable } from './goals.ts'
import type { Section } from './scenarios/scenario.ts'
import type { Table } from './show-figures.ts'

export interface Report {
  readonly date: string
  readonly machine: string
  readonly sections: readonly Section[]
  /** A run that only shows that everything works. */
  readonly quick: boolean
}

/** The result file: a part for each scenario, and last what the goals say about all of them. */
export function renderReport({ date, machine, sections, quick }: Report): string {
  const figures: Figures = Object.assign({}, ...sections.map((section) => section.figures))
  return `# Benchmark, ${date}

${quick ? 'A quick run: processes are hardly warm, and its figures say little.\n\n' : ''}${machine}. Load, what is measured and the model server share the cores. A figure is the middle of all rounds, with the range of the
rounds behind it; rounds go through the paths in turns, every other one backwards, and ratios and differences are taken within a
round. CPU is user and system time of a path's processes. Compare ratios: absolute figures move with the machine.

${[...sections.map(renderSection), renderPart(goalsTable(figures), '##')].join('\n')}`
}

function renderSection({ title, method, tables }: Section): string {
  return `## ${title}\n\n${method}\n\n${tables.map((one) => renderPart(one, '###')).join('\n')}`
}

function renderPart({ title, head, rows }: Table, level: string): string {
  return `${level} ${title}\n\n${table(head, rows)}\n`
}
