import type { CommandStart } from './command-start.ts'

export interface Row {
  readonly subject: string
  readonly connections: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  readonly rps: number
  /** CPU of the subject per request in microseconds; `null` where the system does not tell. */
  readonly cpuUs: number | null
  readonly rssMb: number | null
}

export interface Report {
  readonly date: string
  readonly machine: string
  readonly method: string
  readonly requestBytes: number
  readonly rows: readonly Row[]
  readonly atRest: readonly { readonly subject: string; readonly rssMb: number | null }[]
  readonly commands: readonly CommandStart[]
}

/** The result file: one table per number of connections, ratios first, since absolute figures move with the machine. */
export function renderReport(report: Report): string {
  const connections = [...new Set(report.rows.map((row) => row.connections))]
  return [
    `# Gateway benchmark, ${report.date}`,
    '',
    `${report.machine}. ${report.method}. Request ${report.requestBytes} B, plain JSON.`,
    '',
    ...connections.flatMap((c) =>
      loadTable(
        report.rows.filter((row) => row.connections === c),
        c,
      ),
    ),
    ...memoryTable(report),
    '## Commands',
    '',
    '| command | ms | x bare node |',
    '|---|---|---|',
    ...report.commands.map(
      (c) => `| \`${c.command}\` | ${c.ms.toFixed(0)} | ${c.ratio.toFixed(2)} |`,
    ),
    '',
  ].join('\n')
}

function loadTable(rows: readonly Row[], connections: number): string[] {
  const direct = rows.find((row) => row.subject === 'direct')
  const floor = rows.find((row) => row.subject === 'nginx')
  const cell = (row: Row) =>
    [
      row.subject,
      ms(row.p50),
      ms(row.p99),
      ms(row.p50 - (direct?.p50 ?? Number.NaN)),
      ms(row.p99 - (direct?.p99 ?? Number.NaN)),
      row.rps.toFixed(0),
      floor ? (row.rps / floor.rps).toFixed(2) : 'n/a',
      row.cpuUs === null ? 'n/a' : row.cpuUs.toFixed(0),
    ].join(' | ')
  return [
    `## ${connections} connection${connections === 1 ? '' : 's'}`,
    '',
    '| path | p50 ms | p99 ms | added p50 | added p99 | requests/s | requests/s / nginx | CPU us/request |',
    '|---|---|---|---|---|---|---|---|',
    ...rows.map((row) => `| ${cell(row)} |`),
    '',
  ]
}

function memoryTable({ atRest, rows }: Report): string[] {
  const loaded = (subject: string) =>
    rows.filter((row) => row.subject === subject).at(-1)?.rssMb ?? null
  return [
    '## Memory',
    '',
    '| path | RSS at rest MB | RSS under load MB |',
    '|---|---|---|',
    ...atRest.map(({ subject, rssMb }) => `| ${subject} | ${mb(rssMb)} | ${mb(loaded(subject))} |`),
    '',
  ]
}

const ms = (value: number) => value.toFixed(2)
const mb = (value: number | null) => (value === null ? 'n/a' : value.toFixed(0))
