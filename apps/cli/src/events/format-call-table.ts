import { sanitize } from '../output/sanitize.ts'
import type { Style } from '../output/style.ts'
import type { Column } from '../output/table.ts'
import { formatTable } from '../output/table.ts'
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
  if (terminal === null) return formatTable(COLUMNS, rows)
  const paint = verdictPaint(terminal.style)
  return formatTable(COLUMNS, rows, {
    width: terminal.width,
    paint: (text, column) => {
      if (column.title === 'VERDICT') return paint(text)
      return column.title === 'ID' ? terminal.style.dim(text) : text
    },
  })
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
