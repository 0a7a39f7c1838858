import type { AuditRecord } from '@keeptrusts/audit-store'
import type { Fact } from '../output/format-facts.ts'
import { formatFacts } from '../output/format-facts.ts'
import { sanitize, toSafeJson } from '../output/sanitize.ts'
import type { Style } from '../output/style.ts'
import { toCall } from './call.ts'
import { callFacts, notScannedIn } from './call-facts.ts'
import { toLocalTime } from './event-time.ts'
import type { FoundEvent } from './find-event.ts'
import { formatCall } from './format-call.ts'

export interface EventView {
  readonly style: Style
  /** True for times as the user's clock shows them (decision K4). */
  readonly local: boolean
}

/** A found event for people: a call in full, another event field by field, and how a call was cut off. Ends with a line break. */
export function formatEvent({ row, records }: FoundEvent, { style, local }: EventView): string {
  const time = (timestamp: string) => (local ? toLocalTime(timestamp) : timestamp)
  const call = toCall(row)
  const others = records.filter((record) => record !== row.decided && record !== row.completed)
  const picture =
    call === null
      ? ''
      : formatCall(
          {
            call,
            facts: callFacts(call, row, time(call.timestamp)),
            notScanned: notScannedIn(row),
          },
          style,
        )
  return [picture, ...others.map((record) => formatRecord(record, style))]
    .filter(Boolean)
    .join('\n')
}

/** Shown in the head, or the same for every record. */
const IN_HEAD = new Set(['id', 'type', 'log', 'seq', 'v'])

function formatRecord(record: AuditRecord, style: Style): string {
  const facts = Object.entries(record)
    .filter(([name, value]) => !IN_HEAD.has(name) && value !== undefined && value !== null)
    .map(
      ([name, value]): Fact => [
        sanitize(name),
        typeof value === 'string' ? value : toSafeJson(value),
      ],
    )
  const head = `${style.bold(sanitize(record.id))}  ${sanitize(record.type)} #${record.seq}`
  return `${[head, ...formatFacts(facts)].join('\n')}\n`
}
