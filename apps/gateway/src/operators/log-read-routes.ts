import type { CallFilter, LogAnswer } from '@keeptrusts/audit-store'
import type { AuditValue } from '@keeptrusts/core'
import { KeeptrustsError } from '@keeptrusts/core'
import type { Context } from 'hono'
import { ControlRequestError } from '../control/control-error.ts'
import { FollowedReads } from './followed-reads.ts'
import type { LogReader } from './log-reader.ts'
import type { OperatorParts } from './operator-parts.ts'
import { currentOf } from './operator-parts.ts'
import { recordOperator } from './operator-record.ts'
import { numberParameter, readQuery, timeParameter } from './request-fields.ts'
import type { Caller, OperatorRoute } from './route.ts'

const filters = ['limit', 'since', 'until', 'verdict', 'policy', 'model']
const mostRows = 1000
const usualRows = 50

/** Reading of the log. Each read is recorded before anything of it goes out, where the log records every access. */
export function logReadRoutes(parts: OperatorParts, reader: LogReader): readonly OperatorRoute[] {
  const followed = new FollowedReads()
  const find = async (c: Context, caller: Caller, id: string): Promise<Response> => {
    const answer = await reader.ask({ kind: 'find', id })
    if (answer.count === 0) throw notFound()
    await recordRead(parts, caller, { command: 'GET events/:id', filter: { id }, answer })
    return json(c, `{"records":${answer.json}}`)
  }
  return [
    {
      ...{ method: 'GET', path: '/events', needs: 'events:read' },
      answer: async (c, caller) => {
        const filter = filterOf(readQuery(c, filters))
        const answer = await reader.ask({ kind: 'calls', filter })
        await recordRead(parts, caller, { command: 'GET events', filter: { ...filter }, answer })
        return json(c, `{"rows":${answer.json}}`)
      },
    },
    {
      ...{ method: 'GET', path: '/events/records', needs: 'events:read' },
      answer: async (c, caller) => {
        const query = readQuery(c, [...filters, 'after'])
        if (query['after'] !== undefined)
          return after(parts, { reader, followed, query, c, caller })
        const filter = filterOf(query)
        const answer = await reader.ask({ kind: 'records', filter })
        const command = 'GET events/records'
        await recordRead(parts, caller, { command, filter: { ...filter }, answer })
        const [newest] = JSON.parse(answer.json) as readonly { readonly seq: number }[]
        return json(c, `{"records":${answer.json},"next":${newest?.seq ?? -1}}`)
      },
    },
    {
      ...{ method: 'GET', path: '/events/:id', needs: 'events:read' },
      answer: (c, caller) => find(c, caller, idOf(c.req.param('id'))),
    },
    {
      // `<log>/<number>`, as answers to calls name their records.
      ...{ method: 'GET', path: '/events/:log/:seq', needs: 'events:read' },
      answer: (c, caller) => find(c, caller, idOf(`${c.req.param('log')}/${c.req.param('seq')}`)),
    },
  ]
}

interface Following {
  readonly reader: LogReader
  readonly followed: FollowedReads
  readonly query: Readonly<Record<string, string | undefined>>
  readonly c: Context
  readonly caller: Caller
}

/** A page behind a number. Who goes on where the page before ended reads on; recording that again would give them a record to read for ever. */
async function after(
  parts: OperatorParts,
  { reader, followed, query, c, caller }: Following,
): Promise<Response> {
  if (Object.keys(query).some((name) => name !== 'after' && name !== 'limit'))
    throw new ControlRequestError('"after" goes with "limit" only.')
  const from = numberParameter(query['after'], {
    ...{ name: 'after', absent: -1, least: -1, most: Number.MAX_SAFE_INTEGER },
  })
  const limit = limitOf(query)
  const answer = await reader.ask({ kind: 'after', after: from, limit })
  const next = answer.next ?? from
  if (!followed.continues(caller, from)) {
    const filter = { after: from }
    await recordRead(parts, caller, { command: 'GET events/records', filter, answer })
  }
  followed.remember(caller, next)
  return json(c, `{"records":${answer.json},"next":${next}}`)
}

interface Read {
  readonly type?: 'audit.read' | 'audit.export'
  readonly command: string
  readonly filter: Readonly<Record<string, AuditValue>>
  /** How much will be shown; `null` when nobody can say. */
  readonly answer: { readonly count: LogAnswer['count'] | null }
}

/** Throws `AuditUnavailableError`: then nothing may be shown. */
export async function recordRead(
  parts: OperatorParts,
  caller: Caller,
  { type = 'audit.read', command, filter, answer }: Read,
): Promise<void> {
  const deps = currentOf(parts)
  if (deps.recorder.mode !== 'every') return
  await recordOperator(deps, type, { caller, fields: { command, filter, count: answer.count } })
}

function filterOf(query: Readonly<Record<string, string | undefined>>): CallFilter {
  const { verdict, policy, model } = query
  if (verdict !== undefined && !/^(?:allow|redact|block|error)$/.test(verdict))
    throw new ControlRequestError('"verdict" is not one of allow, redact, block, error.')
  const since = timeParameter(query['since'], 'since')
  const until = timeParameter(query['until'], 'until')
  return {
    limit: limitOf(query),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    ...(verdict !== undefined && { verdict }),
    ...(policy !== undefined && { policy }),
    ...(model !== undefined && { model }),
  }
}

function limitOf({ limit }: Readonly<Record<string, string | undefined>>): number {
  return numberParameter(limit, { name: 'limit', absent: usualRows, least: 1, most: mostRows })
}

function idOf(text = ''): string {
  if (/^(?:evt_|req_)[\w-]{1,100}$|^[0-9a-f]{32}\/\d{1,15}$/.test(text)) return text
  throw notFound()
}

function notFound(): KeeptrustsError {
  return new KeeptrustsError({
    code: 'event-not-found',
    message: 'There is no event or call of this id in the log.',
    suggestion: 'Use an id that kt events list prints.',
  })
}

function json(c: Context, text: string): Response {
  return c.body(text, 200, { 'content-type': 'application/json' })
}
