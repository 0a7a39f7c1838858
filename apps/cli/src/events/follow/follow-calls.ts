import type { AuditRecord, CallFilter, StoredBody } from '@keeptrusts/audit-store'
import { OutStream } from '../../output/out-stream.ts'
import type { Call } from '../call.ts'
import { toCall } from '../call.ts'
import { pagesOf } from '../pages-of.ts'
import { matchesCall } from './call-filter.ts'
import { endsCall, hasEnded } from './ended-call.ts'
import type { Change, LogWatch } from './log-watch.ts'
import { waitForLog } from './log-watch.ts'
import { ReadGuard } from './read-guard.ts'

export interface FollowOptions {
  readonly dataDir: string | undefined
  /** `limit` and `since` choose the calls to begin with. */
  readonly filter: CallFilter
  /** End after those. */
  readonly once: boolean
  readonly stop: AbortSignal
  /** Calls as they are printed; called with at least one. */
  readonly format: (calls: readonly Call[]) => string
}

/** Prints the newest calls, oldest first, and then each call as it ends, until it is stopped. Throws `CliError` `read-not-recorded`. */
export async function followCalls(options: FollowOptions): Promise<void> {
  const out = new OutStream()
  for (;;) {
    const watch = await waitForLog(options.dataDir, options)
    if (watch === null) return
    try {
      if ((await followIn(watch, out, options)) !== 'replaced') return
    } finally {
      watch.reader.close()
    }
  }
}

async function followIn(
  watch: LogWatch,
  out: OutStream,
  { filter, once, stop, format }: FollowOptions,
): Promise<Change> {
  const { reader } = watch
  const guard = new ReadGuard(watch, {
    command: 'events tail',
    filter: { ...filter },
    count: null,
  })
  const print = async (calls: readonly Call[]): Promise<void> => {
    if (calls.length === 0) return
    await guard.pass()
    await out.write(format(calls))
  }
  await guard.pass()
  let next = reader.extent().end
  const known = reader.calls(filter).filter((row) => hasEnded(row, next))
  await print(known.flatMap((row) => toCall(row) ?? []).reverse())
  if (once) return 'stopped'
  for (;;) {
    const change = await watch.change(stop)
    if (change !== 'grown') return change
    const { end } = reader.extent()
    for (const rows of pagesOf(reader, { from: next, to: end })) {
      const ended = rows.flatMap((row) => endedCall(watch, row) ?? [])
      await print(ended.filter((call) => matchesCall(call, filter)))
      if (stop.aborted) return 'stopped'
    }
    next = end
  }
}

/** The call that a record ends; `null` for every other record. */
function endedCall({ reader }: LogWatch, { body }: StoredBody): Call | null {
  const record = JSON.parse(body) as AuditRecord
  if (!endsCall(record)) return null
  if (record.type === 'request.decided') return toCall({ decided: record, completed: null })
  const decided = reader
    .find(record.request_id ?? record.id)
    .find(({ type }) => type === 'request.decided')
  return toCall({ decided: decided ?? null, completed: record })
}
