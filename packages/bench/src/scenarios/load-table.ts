import { compare, summarize } from '../interleave.ts'
import type { Sample } from '../sample.ts'
import type { Table } from '../show-figures.ts'
import { decimals, spread } from '../show-figures.ts'
import type { Subject } from '../subjects/subject.ts'

/** The samples of some subjects under the same load, and which of them the others are compared with. */
export interface Compared {
  readonly subjects: readonly Subject[]
  /** In the order of `subjects`. */
  readonly samples: readonly (readonly Sample[])[]
  readonly direct: Subject
  /** `null` where it was not measured. */
  readonly nginx: Subject | null
  readonly portkey: Subject | null
}

/** The samples of one subject; none for `null` and for one that was not measured. */
export function samplesOf(compared: Compared, subject: Subject | null): readonly Sample[] {
  const at = subject === null ? -1 : compared.subjects.indexOf(subject)
  return compared.samples[at] ?? []
}

/** Ratios first, since they hold on other machines; what was measured itself behind them. */
export function loadTable(title: string, compared: Compared): Table {
  const rows = compared.subjects.map((subject) => {
    const mine = samplesOf(compared, subject)
    const to = (base: Subject | null) => compare(mine, samplesOf(compared, base))
    const [direct, nginx, portkey] = [to(compared.direct), to(compared.nginx), to(compared.portkey)]
    const own = summarize(mine)
    const ratios = [direct.p50Added, nginx.rpsRatio, portkey.rpsRatio, nginx.cpuRatio]
    return [
      subject.name,
      ...[...ratios, portkey.cpuRatio].map(spread),
      ...[own.p50, own.p99, own.rps, own.cpuUs].map(({ median }) => decimals(median)),
    ]
  })
  return { title, head, rows }
}

const head = [
  'path',
  'added p50 ms',
  'requests/s / nginx',
  'requests/s / Portkey',
  'CPU / nginx',
  'CPU / Portkey',
  'p50 ms',
  'p99 ms',
  'requests/s',
  'CPU µs/request',
]
