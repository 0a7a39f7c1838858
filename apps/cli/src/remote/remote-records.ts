import type { AuditRecord, LogExtent } from '@keeptrusts/audit-store'
import { askRecords, askRecordsAfter } from './event-routes.ts'
import { patiently, pollMs, rest } from './patience.ts'
import type { RemoteClient } from './remote-client.ts'

/** Records per request. */
const pageSize = 500

/** New records, in log order; `replaced`: another log answers now; `stopped`: the user has had enough. */
export type Step = readonly AuditRecord[] | 'replaced' | 'stopped'

/** Where the log of a gateway elsewhere begins and ends now; `null` for one that is empty. */
export async function remoteExtent(client: RemoteClient): Promise<LogExtent | null> {
  const [newest] = await askRecords(client, { limit: 1 })
  if (newest === undefined) return null
  const { records } = await askRecordsAfter(client, -1, 1)
  const first = records[0]?.seq ?? newest.seq
  return { log: newest.log, first, end: newest.seq + 1 }
}

/** Follows the records of a gateway elsewhere, over losses of the network and restarts, leaving none out and giving none twice. */
export class RemoteRecords {
  readonly #client: RemoteClient
  readonly #log: string
  readonly #stop: AbortSignal
  #after: number

  /** `next`: the record to begin with. */
  constructor(
    client: RemoteClient,
    { log, next }: { log: string; next: number },
    stop: AbortSignal,
  ) {
    this.#client = client
    this.#log = log
    this.#stop = stop
    this.#after = next - 1
  }

  /** The records that are there now; `[]` at the end of the log. */
  async page(): Promise<Step> {
    const page = await patiently(() => this.#ask(), this.#stop)
    return page ?? 'stopped'
  }

  /** Waits for more. */
  async step(): Promise<Step> {
    for (;;) {
      const page = await this.page()
      if (page === 'stopped' || page === 'replaced' || page.length > 0) return page
      await rest(pollMs, this.#stop)
      if (this.#stop.aborted) return 'stopped'
    }
  }

  async #ask(): Promise<Step> {
    const { records } = await askRecordsAfter(this.#client, this.#after, pageSize)
    // Whatever the gateway answers, a record that was given already is not given again.
    const fresh = records.filter(({ seq }) => seq > this.#after)
    if (fresh.some(({ log }) => log !== this.#log)) return 'replaced'
    this.#after = fresh.at(-1)?.seq ?? this.#after
    return fresh
  }
}
