import type { Figures } from '../goals.ts'
import { compare, interleave } from '../interleave.ts'
import { sample } from '../sample.ts'
import { spread } from '../show-figures.ts'
import type { Fleet } from '../subjects/fleet.ts'
import type { Section } from './scenario.ts'

// The same in every run, quick or not, since a process gets cheaper while it runs: only so can two runs be compared.
const connections = 64
const warmUpMs = 2000
const rounds = 3
const durationMs = 1000

/** CPU per request of fresh gateways next to nginx, which `--check` compares with the last full run; `null` without nginx. */
export async function measureFloor({ nginx, bare, full }: Fleet): Promise<{
  readonly table: Section['tables'][number]
  readonly figures: Figures
} | null> {
  if (nginx === null) return null
  const subjects = [nginx, bare, full]
  for (const subject of subjects) await sample(subject, { connections, durationMs: warmUpMs })
  const [floor = [], ofBare = [], ofFull = []] = await interleave(subjects, {
    ...{ rounds, durationMs, connections },
  })
  const figures = {
    bareCpuOverNginx: compare(ofBare, floor).cpuRatio,
    fullCpuOverNginx: compare(ofFull, floor).cpuRatio,
  }
  return {
    table: {
      title: `CPU per request after a short warm-up, c=${connections}, ${rounds} rounds of ${durationMs} ms`,
      head: ['path', 'CPU / nginx'],
      rows: [
        [bare.name, spread(figures.bareCpuOverNginx)],
        [full.name, spread(figures.fullCpuOverNginx)],
      ],
    },
    figures,
  }
}
