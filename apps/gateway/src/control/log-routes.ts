import type { AuditStore, LogTask } from '@keeptrusts/audit-store'
import type { AuditEvent } from '@keeptrusts/core'
import type { Context } from 'hono'
import { Hono } from 'hono'
import { ControlRequestError } from './control-error.ts'

/**
 * What `kt` may record through a running gateway: that somebody read, and what it changed in the access store. What changes the
 * log is a task, which checks it.
 */
const recordable = new Set([
  ...['audit.read', 'audit.export', 'audit.verify'],
  ...['key.created', 'key.revoked', 'token.created', 'token.revoked'],
  ...['operator.added', 'operator.changed', 'operator.removed'],
])

/** Events of one command; a handful is usual. */
const maximalEvents = 100

/** `POST log/events` appends what a command did and answers once it is durable; `POST log/tasks` has the writer do a task. */
export function logRoutes(store: AuditStore | null): Hono {
  const routes = new Hono()
  routes.post('/log/events', async (c) => {
    const events = parseEvents(await readJson(c))
    const log = requireLog(store)
    const receipts = await Promise.all(events.map((event) => log.record(event)))
    return c.json({ receipts })
  })
  routes.post('/log/tasks', async (c) => {
    const task = parseTask(await readJson(c))
    const result = await requireLog(store).run(task)
    if (result !== undefined) return c.json({ result })
    throw new ControlRequestError(`It knows no task ${JSON.stringify(task.kind)}.`)
  })
  return routes
}

/** The file's permission let the sender in, who could write to the log itself: fields are not judged again. */
function parseTask({ task }: Readonly<Record<string, unknown>>): LogTask {
  if (typeof task === 'object' && task !== null && 'kind' in task) return task as LogTask
  throw new ControlRequestError('"task" is not an object with a kind.')
}

function requireLog(store: AuditStore | null): AuditStore {
  if (store !== null) return store
  throw new ControlRequestError('The running gateway keeps no log (audit_store.kind: none).', 409)
}

async function readJson(c: Context): Promise<Readonly<Record<string, unknown>>> {
  const body: unknown = await c.req.json().catch(() => null)
  if (typeof body === 'object' && body !== null && !Array.isArray(body))
    return body as Readonly<Record<string, unknown>>
  throw new ControlRequestError('The body is not a JSON object.')
}

function parseEvents({ events }: Readonly<Record<string, unknown>>): readonly AuditEvent[] {
  if (!Array.isArray(events) || events.length === 0 || events.length > maximalEvents)
    throw new ControlRequestError(`"events" is not a list of 1 to ${maximalEvents} events.`)
  return events.map((event: unknown) => {
    const type = typeof event === 'object' && event !== null && 'type' in event ? event.type : null
    if (typeof type === 'string' && recordable.has(type)) return event as AuditEvent
    throw new ControlRequestError(`Events of type ${JSON.stringify(type)} are not taken here.`)
  })
}
