import type { AuditRecord } from '@keeptrusts/audit-store'
import type { Elsewhere } from '../auth/choose-gateway.ts'
import type { Call } from '../events/call.ts'
import { toCall } from '../events/call.ts'
import { matchesCall } from '../events/follow/call-filter.ts'
import { endsCall, hasEnded } from '../events/follow/ended-call.ts'
import type { FollowOptions } from '../events/follow/follow-calls.ts'
import { OutStream } from '../output/out-stream.ts'
import { writeErr } from '../output/write.ts'
import { askCalls, askEvent } from './event-routes.ts'
import type { RemoteClient } from './remote-client.ts'
import { announce, remoteClient } from './remote-client.ts'
import { RemoteRecords, remoteExtent } from './remote-records.ts'

/** Prints the newest calls of a gateway elsewhere and then each call as it ends, until it is stopped. Throws `CliError`. */
export async function followRemoteCalls(
  elsewhere: Elsewhere,
  options: Omit<FollowOptions, 'dataDir'>,
): Promise<void> {
  const client = remoteClient(elsewhere)
  announce(elsewhere)
  const out = new OutStream()
  try {
    while ((await followLog(client, out, options)) === 'replaced') {
      writeErr('The gateway has another log now.\n')
    }
  } finally {
    client.close()
  }
}

async function followLog(
  client: RemoteClient,
  out: OutStream,
  { filter, once, stop, format }: Omit<FollowOptions, 'dataDir'>,
): Promise<'replaced' | 'stopped'> {
  const print = async (calls: readonly Call[]): Promise<void> => {
    if (calls.length > 0) await out.write(format(calls))
  }
  const extent = await remoteExtent(client)
  const next = extent?.end ?? 0
  const known = filter.limit === 0 ? [] : await askCalls(client, filter)
  const ended = known.filter((row) => hasEnded(row, next))
  await print(ended.flatMap((row) => toCall(row) ?? []).reverse())
  if (once || extent === null) return 'stopped'
  const joined = new JoinedCalls(client)
  const records = new RemoteRecords(client, { log: extent.log, next }, stop)
  for (;;) {
    const step = await records.step()
    if (step === 'replaced' || step === 'stopped') return step
    const calls: Call[] = []
    for (const record of step) calls.push(...(await joined.add(record)))
    await print(calls.filter((call) => matchesCall(call, filter)))
    if (stop.aborted) return 'stopped'
  }
}

/** Calls under way whose first record is remembered. */
const remembered = 10_000

/** Joins the two records of a call as they come. */
class JoinedCalls {
  readonly #client: RemoteClient
  readonly #decided = new Map<string, AuditRecord>()

  constructor(client: RemoteClient) {
    this.#client = client
  }

  /** The call that a record ends; none for every other record. */
  async add(record: AuditRecord): Promise<readonly Call[]> {
    if (!endsCall(record)) {
      this.#remember(record)
      return []
    }
    const decided = record.type === 'request.decided' ? record : await this.#decidedOf(record)
    const completed = record.type === 'request.decided' ? null : record
    const call = toCall({ decided, completed })
    return call === null ? [] : [call]
  }

  #remember(record: AuditRecord): void {
    if (record.type !== 'request.decided' || record.request_id === undefined) return
    this.#decided.set(record.request_id, record)
    if (this.#decided.size <= remembered) return
    for (const oldest of this.#decided.keys()) {
      this.#decided.delete(oldest)
      return
    }
  }

  /** A call that began before this command did has to be asked for. */
  async #decidedOf({ request_id, id }: AuditRecord): Promise<AuditRecord | null> {
    const known = this.#decided.get(request_id ?? id)
    if (known === undefined)
      return (await askEvent(this.#client, request_id ?? id))?.row.decided ?? null
    this.#decided.delete(request_id ?? id)
    return known
  }
}
