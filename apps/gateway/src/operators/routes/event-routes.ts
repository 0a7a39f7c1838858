import type { AuditRecord, CallFilter, CallRow } from '@keeptrusts/audit-store'
import { KeeptrustsError } from '@keeptrusts/core'
import { ControlRequestError } from '../../control/control-error.ts'
import { recordRead } from '../operator-events.ts'
import type { OperatorCall, OperatorRoute } from '../operator-route.ts'
import type { OperatorServices } from '../operator-services.ts'

/** Calls or records in one answer: reading more would hold up the calls of clients. */
const mostRows = 1000
const verdicts = ['allow', 'redact', 'block', 'error'] as const

/** Reading the log; each read is recorded before its answer goes out. */
export function eventRoutes(services: OperatorServices): readonly OperatorRoute[] {
  return [
    {
      method: 'GET',
      path: '/events',
      access: 'events:read',
      handle: async (call) => {
        const filter = filterOf(call)
        const rows: readonly CallRow[] = services.reader().calls(filter)
        await note('events list', { ...filter }, rows.length, call, services)
        return Response.json({ rows })
      },
    },
    {
      method: 'GET',
      path: '/events/records',
      access: 'events:read',
      handle: async (call) => {
        if (call.query.has('after')) return recordsAfter(call, services)
        const filter = filterOf(call)
        const records = services.reader().records(filter)
        await note('events list', { ...filter, raw: true }, records.length, call, services)
        return Response.json({ records, next: records[0]?.seq ?? null })
      },
    },
    {
      method: 'GET',
      path: '/events/:id',
      access: 'events:read',
      handle: async (call) => {
        const records = services.reader().find(call.id)
        await note('events show', { id: call.id.slice(0, 100) }, records.length, call, services)
        if (records.length === 0) throw notFound()
        return Response.json({ records })
      },
    },
  ]
}

/** The records behind a number, oldest first: what a feed asks for again and again. Only pages that hold something are recorded. */
async function recordsAfter(call: OperatorCall, services: OperatorServices): Promise<Response> {
  const after = numberIn(call, 'after', { least: -1, most: Number.MAX_SAFE_INTEGER, usual: -1 })
  const limit = limitOf(call)
  const reader = services.reader()
  const { first, end } = reader.extent()
  const range = { from: Math.max(first, after + 1), to: end }
  const records = reader.bodies(range, limit).map(({ body }) => JSON.parse(body) as AuditRecord)
  // Not the record of this very read, which would call for the next one for ever.
  const others = records.filter((record) => !isOwnRead(record))
  if (others.length > 0) await note('events tail', { after, limit }, records.length, call, services)
  return Response.json({ records, next: records.at(-1)?.seq ?? after })
}

function isOwnRead({ type, command }: AuditRecord): boolean {
  return type === 'audit.read' && command === 'events tail'
}

function note(
  command: string,
  filter: Readonly<Record<string, string | number | boolean | null>>,
  count: number,
  call: OperatorCall,
  { deps }: OperatorServices,
): Promise<void> {
  return recordRead({ command, filter, count }, call, deps)
}

function filterOf(call: OperatorCall): CallFilter {
  const { query } = call
  const verdict = query.get('verdict')
  const known = verdicts.find((one) => one === verdict)
  if (verdict !== null && known === undefined)
    throw new ControlRequestError(`"verdict" must be one of ${verdicts.join(', ')}.`)
  const policy = query.get('policy')
  const model = query.get('model')
  return {
    limit: limitOf(call),
    ...timeIn(call, 'since'),
    ...timeIn(call, 'until'),
    ...(known && { verdict: known }),
    ...(policy && { policy: policy.slice(0, 200) }),
    ...(model && { model: model.slice(0, 500) }),
  }
}

function limitOf(call: OperatorCall): number {
  return numberIn(call, 'limit', { least: 1, most: mostRows, usual: 20 })
}

interface Bounds {
  readonly least: number
  readonly most: number
  readonly usual: number
}

function numberIn({ query }: OperatorCall, name: string, { least, most, usual }: Bounds): number {
  const text = query.get(name)
  if (text === null) return usual
  const value = /^-?\d{1,16}$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw new ControlRequestError(`"${name}" must be a number from ${least} to ${most}.`)
}

function timeIn({ query }: OperatorCall, name: 'since' | 'until'): Partial<CallFilter> {
  const text = query.get(name)
  if (text === null) return {}
  const time = text.length <= 40 ? Date.parse(text) : Number.NaN
  if (Number.isNaN(time))
    throw new ControlRequestError(`"${name}" must be a time as in 2026-01-31T12:00:00Z.`)
  return { [name]: time }
}

function notFound(): KeeptrustsError {
  return new KeeptrustsError({
    code: 'event-not-found',
    message: 'The log has no event or call of this id.',
    suggestion:
      'Use an id that kt events list prints; old records are deleted when their retention is over.',
  })
}
