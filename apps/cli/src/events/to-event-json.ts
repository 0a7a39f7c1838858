import { toCall } from './call.ts'
import type { FoundEvent } from './find-event.ts'
import { toCallJson } from './to-call-json.ts'

/** An event as `kt events show --json` prints it: the joined call, if it is one, and the records as they are stored. */
export function toEventJson({ row, records }: FoundEvent): Record<string, unknown> {
  const call = toCall(row)
  if (call !== null) return { ...toCallJson(call), records }
  const [record] = records
  return { id: record.id, event_type: record.type, timestamp: record.time, records }
}
