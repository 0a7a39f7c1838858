import type { AuditEvent } from '@keeptrusts/core'
import { canonicalJson, canonicalKey } from './canonical-json.ts'
import { EventRefusal } from './event-refusal.ts'
import type { EventColumns, EventEntry } from './log-entry.ts'

const maximalCharacters = 1_048_576

/** What the store adds to every event; a caller cannot set them. */
const assigned = ['log', 'seq', 'ts']

/**
 * Turns an event into what the writer stores: its canonical text in three pieces around the two values that are known
 * only inside the transaction, and the copies that lists are filtered by.
 * `at` is the time in milliseconds since the epoch. Throws `EventRefusal`.
 */
export function canonicalEvent(event: AuditEvent, log: string, at: number): EventEntry {
  for (const name of assigned) {
    if (event[name] !== undefined) throw new EventRefusal(name, 'is set by the log itself')
  }
  const columns = eventColumns(event)
  const body = splitBody(event, log)
  if (body.head.length + body.middle.length + body.tail.length > maximalCharacters) {
    throw new EventRefusal('', `is longer than ${maximalCharacters} characters`)
  }
  return { kind: 'event', at, columns, body }
}

function splitBody(event: AuditEvent, log: string): EventEntry['body'] {
  const keys = Object.keys(event).filter((key) => event[key] !== undefined)
  const members = keys.map((key): [string, string] => [
    key,
    `${canonicalKey(key)}:${canonicalJson(event[key], { within: null, step: key })}`,
  ])
  members.push(['log', `"log":${JSON.stringify(log)}`])
  members.sort(([left], [right]) => (left < right ? -1 : 1))
  const text = (keep: (key: string) => boolean): string =>
    members
      .filter(([key]) => keep(key))
      .map(([, member]) => member)
      .join(',')
  // "log" comes before "seq" and "type" after "ts", so no piece but the one in the middle can be empty.
  const middle = text((key) => key > 'seq' && key < 'ts')
  return {
    head: `{${text((key) => key < 'seq')},"seq":`,
    middle: middle === '' ? ',"ts":' : `,${middle},"ts":`,
    tail: `,${text((key) => key > 'ts')}}`,
  }
}

/** The copies that lists are filtered by. Throws `InvalidEventError` when the event has no id, type or time. */
export function eventColumns(event: AuditEvent): EventColumns {
  return {
    id: required(event, 'id'),
    type: required(event, 'type'),
    time: required(event, 'time'),
    decision: optional(event, 'decision'),
    requestId: optional(event, 'request_id'),
    model: optional(event, 'model'),
    principal: optional(event['actor'], 'subject'),
    target: optional(event['target'], 'id'),
  }
}

function required(event: AuditEvent, name: 'id' | 'type' | 'time'): string {
  const value: unknown = event[name]
  if (typeof value !== 'string' || value === '') {
    throw new EventRefusal(name, 'must be a string that is not empty')
  }
  return value
}

function optional(value: unknown, name: string): string | null {
  if (typeof value !== 'object' || value === null) return null
  const member: unknown = (value as Record<string, unknown>)[name]
  return typeof member === 'string' ? member : null
}
