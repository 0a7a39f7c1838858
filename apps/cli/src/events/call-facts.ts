import type { AuditRecord, CallRow } from '@keeptrusts/audit-store'
import type { Fact } from '../output/format-facts.ts'
import type { Call } from './call.ts'
import { fieldsOf, listOf, numberOf, textOf } from './event-field.ts'

/** What the records of a call say besides its verdicts. `time` is the call's time as it should be shown. */
export function callFacts(call: Call, row: CallRow, time: string): readonly Fact[] {
  const last = row.completed ?? row.decided
  return [
    ['Time', time],
    ['Request', call.request_id],
    ['Caller', caller(last)],
    ['Endpoint', endpoint(last)],
    ['Model', call.model],
    ['Target', target(last)],
    ['Tries', tries(call)],
    ['Status', status(call)],
    ['Blamed', call.param],
    ['Tokens', call.usage && `${call.usage.input_tokens} in, ${call.usage.output_tokens} out`],
    ['Took', took(call, row.completed)],
    ['Config', config(call, last)],
    ['Content', content(last)],
    ['Records', records(row)],
  ]
}

/** Counts of what no policy could read, from both records. */
export function notScannedIn(row: CallRow): readonly (readonly [string, number])[] {
  const counts = [row.decided, row.completed].flatMap((record) =>
    Object.entries(fieldsOf(record?.['not_scanned'])),
  )
  return counts.flatMap(([what, count]) => (typeof count === 'number' ? [[what, count]] : []))
}

function caller(record: AuditRecord | null): string | null {
  const actor = fieldsOf(record?.['actor'])
  const roles = listOf(actor['roles']).filter((role) => typeof role === 'string')
  const subject = textOf(actor['subject']) ?? 'anonymous'
  const parts = [subject, roles.length > 0 ? `(${roles.join(', ')})` : null, textOf(actor['ip'])]
  return parts.filter((part) => part !== null).join(' ')
}

function endpoint(record: AuditRecord | null): string | null {
  const http = fieldsOf(record?.['http'])
  const path = textOf(http['path'])
  if (path === null) return null
  return `${textOf(http['method']) ?? ''} ${path}${http['stream'] === true ? ' (stream)' : ''}`.trim()
}

function target(record: AuditRecord | null): string | null {
  const fields = fieldsOf(record?.['target'])
  const id = textOf(fields['id'])
  const more = ['provider', 'model', 'host'].flatMap((key) => textOf(fields[key]) ?? [])
  return id === null ? null : `${id}${more.length > 0 ? ` (${more.join(', ')})` : ''}`
}

/** Only where there was more than one: otherwise it is the target's line and status once more. */
function tries({ tries: made }: Call): string | null {
  if (made.length < 2) return null
  return made
    .map(({ target: id, code, upstream_status: answered }) => {
      return `${id} ${code}${answered === null ? '' : ` (${answered})`}`
    })
    .join(', then ')
}

function status(call: Call): string | null {
  if (call.status === null) return null
  return call.upstream_status === null
    ? String(call.status)
    : `${call.status} (upstream ${call.upstream_status})`
}

function took(call: Call, completed: AuditRecord | null): string | null {
  if (call.latency_ms === null) return null
  const duration = fieldsOf(completed?.['duration_us'])
  const part = (name: string) => {
    const microseconds = numberOf(duration[name])
    return microseconds === null ? [] : [`${name} ${milliseconds(microseconds / 1000)}`]
  }
  const parts = [...part('upstream'), ...part('overhead')]
  return `${milliseconds(call.latency_ms)}${parts.length > 0 ? ` (${parts.join(', ')})` : ''}`
}

function milliseconds(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 0)} ms`
}

function config(call: Call, record: AuditRecord | null): string | null {
  const name = textOf(fieldsOf(record?.['pack'])['name'])
  const parts = [name, call.config_version, call.config_hash]
  const known = parts.filter((part) => part !== null)
  return known.length === 0 ? null : known.join(' ')
}

function content(record: AuditRecord | null): string | null {
  const fields = fieldsOf(record?.['content'])
  const bytes = numberOf(fields['bytes'])
  const hmac = textOf(fields['hmac'])
  if (hmac === null) return null
  return `${bytes === null ? '' : `${bytes} bytes, `}hmac ${hmac}`
}

function records(row: CallRow): string {
  const known = [row.decided, row.completed].filter((record) => record !== null)
  return known.map((record) => `${record.type} #${record.seq}`).join(', ')
}
