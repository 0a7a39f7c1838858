import { sanitize } from '../output/sanitize.ts'
import type { Style } from '../output/style.ts'
import { styleFor } from '../output/style.ts'
import type { Column, TableOptions } from '../output/table.ts'
import { formatTable, GrowingTable } from '../output/table.ts'
import type { Call } from './call.ts'
import { blamedPolicy, callReason } from './call-reason.ts'
import { toLocalTime } from './event-time.ts'
import { verdictPaint } from './verdict-paint.ts'

const COLUMNS: readonly Column[] = [
  { title: 'TIME' },
  { title: 'ID' },
  { title: 'VERDICT' },
  { title: 'REASON', min: 8 },
  { title: 'POLICY', min: 8, rank: 4 },
  { title: 'MODEL', min: 8, rank: 2 },
  { title: 'TARGET', min: 8, rank: 5 },
  { title: 'TOKENS', align: 'right', rank: 3 },
  { title: 'MS', align: 'right', rank: 1 },
]

export interface Terminal {
  /** Characters per line. */
  readonly width: number
  readonly style: Style
}

/**
 * Calls as a table. For a terminal: local times, coloured verdicts, fitted to the width. For a pipe (`null`): UTC RFC 3339,
 * no colour, nothing cut.
 */
export function formatCallTable(calls: readonly Call[], terminal: Terminal | null): string {
  const rows = calls.map((call) => toCells(call, terminal !== null))
  return formatTable(COLUMNS, rows, optionsFor(terminal))
}

/** The same table for calls that come over time: returns what prints more of them. */
export function growingCallTable(terminal: Terminal | null): (calls: readonly Call[]) => string {
  const table = new GrowingTable(COLUMNS, optionsFor(terminal))
  return (calls) => table.add(calls.map((call) => toCells(call, terminal !== null)))
}

/** How standard output shows a table; `null` when it is no terminal. */
export function outputTerminal(): Terminal | null {
  if (!process.stdout.isTTY) return null
  return { width: process.stdout.columns ?? 80, style: styleFor(process.stdout, process.env) }
}

function optionsFor(terminal: Terminal | null): TableOptions {
  if (terminal === null) return {}
  const paint = verdictPaint(terminal.style)
  return {
    width: terminal.width,
    paint: (text, column) => {
      if (column.title === 'VERDICT') return paint(text)
      return column.title === 'ID' ? terminal.style.dim(text) : text
    },
  }
}

function toCells(call: Call, local: boolean): string[] {
  return [
    local ? toLocalTime(call.timestamp) : call.timestamp,
    call.id,
    call.verdict,
    callReason(call),
    blamedPolicy(call),
    call.model,
    call.target,
    call.usage === null ? null : String(call.usage.input_tokens + call.usage.output_tokens),
    call.latency_ms === null ? null : String(Math.round(call.latency_ms)),
  ].map((cell) => (cell === null || cell === '' ? '-' : sanitize(cell)))
}
