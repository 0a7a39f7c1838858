import type { AuditEvent } from '@keeptrusts/core'
import { eventColumns } from '../canonical-event.ts'
import { canonicalJson } from '../canonical-json.ts'
import type { EventColumns } from '../log-entry.ts'
import { leafHash } from '../merkle-frontier.ts'
import type { FindingCode } from './report.ts'

/** A row of `events`. */
export interface EventRow {
  readonly seq: number
  readonly ts: number
  readonly id: string
  readonly type: string
  readonly decision: string | null
  readonly request_id: string | null
  readonly principal: string | null
  readonly target: string | null
  readonly model: string | null
  readonly leaf: Buffer
  readonly body: string
}

/** What is wrong with one row: its code, and the rest of a sentence that starts with its number. */
interface RowProblem {
  readonly code: FindingCode
  readonly problem: string
}

/** The event of a row, or what is wrong with it. */
export interface CheckedEvent {
  readonly event: AuditEvent | null
  readonly problems: readonly RowProblem[]
}

const none: readonly RowProblem[] = []

/** Checks everything about a row that can be seen in the row itself. `log` is the id of the log. */
export function checkEvent(row: EventRow, log: string): CheckedEvent {
  const problems: RowProblem[] = []
  const wrong = (code: FindingCode, problem: string): void => void problems.push({ code, problem })
  if (!leafHash(row.body).equals(row.leaf)) wrong('event-changed', 'does not match its leaf hash')
  const event = parseEvent(row.body)
  if (event === null) {
    wrong('event-form', 'is not a JSON object')
    return { event, problems }
  }
  const differing = differingColumn(row, event)
  if (differing !== null) {
    wrong('event-columns', `has another ${differing} in its column than in its body`)
  }
  if (event['log'] !== log) wrong('event-changed', 'was written for another log')
  if (!isCanonical(row.body, event)) {
    wrong('event-form', 'is not in the canonical form of RFC 8785')
  }
  return { event, problems: problems.length === 0 ? none : problems }
}

function parseEvent(body: string): AuditEvent | null {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as AuditEvent)
      : null
  } catch {
    return null
  }
}

function differingColumn(row: EventRow, event: AuditEvent): string | null {
  if (event['seq'] !== row.seq) return 'seq'
  if (event['ts'] !== row.ts) return 'ts'
  let columns: EventColumns
  try {
    columns = eventColumns(event)
  } catch {
    return 'id, type or time'
  }
  if (columns.id !== row.id) return 'id'
  if (columns.type !== row.type) return 'type'
  if (columns.decision !== row.decision) return 'decision'
  if (columns.requestId !== row.request_id) return 'request_id'
  if (columns.principal !== row.principal) return 'principal'
  if (columns.target !== row.target) return 'target'
  return columns.model === row.model ? null : 'model'
}

/**
 * Whether a text is the canonical one of its value. What JSON.parse and JSON.stringify leave as it was has no space, no second
 * member of a name and no other spelling; then only the order of the members and the range of values are left to look at.
 */
function isCanonical(body: string, event: AuditEvent): boolean {
  // Names like "10" come out in another order than they went in, and half a surrogate pair survives as an escape: both are rare.
  if (JSON.stringify(event) === body && !body.includes('\\ud') && isInOrder(event, 0)) return true
  try {
    return canonicalJson(event) === body
  } catch {
    return false
  }
}

const maximalDepth = 32

function isInOrder(value: unknown, depth: number): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value)
  if (typeof value !== 'object' || value === null) return true
  if (depth >= maximalDepth) return false
  if (Array.isArray(value)) return value.every((item) => isInOrder(item, depth + 1))
  let previous = ''
  for (const name in value) {
    if (name <= previous || !isName(name)) return false
    previous = name
    if (!isInOrder((value as Record<string, unknown>)[name], depth + 1)) return false
  }
  return true
}

/** Names that were found to be printable ASCII: events share a few dozen. */
const names = new Set<string>()

function isName(name: string): boolean {
  if (names.has(name)) return true
  if (!/^[\x20-\x7e]+$/.test(name)) return false
  if (names.size < 10_000) names.add(name)
  return true
}
