import type { AuditRecord } from '@keeptrusts/audit-store'
import type { Elsewhere } from '../auth/choose-gateway.ts'
import { CliError } from '../errors/cli-error.ts'
import { CursorKeeper } from '../events/follow/cursor-keeper.ts'
import type { FeedOptions } from '../events/follow/feed-records.ts'
import { startOf, tellGap } from '../events/follow/feed-start.ts'
import { OutStream } from '../output/out-stream.ts'
import { toSafeText } from '../output/sanitize.ts'
import { pollMs, rest } from './patience.ts'
import { announce, remoteClient } from './remote-client.ts'
import { RemoteRecords, remoteExtent } from './remote-records.ts'

/**
 * Writes every record of a gateway elsewhere, one per line, from the position in the cursor file on, until it is stopped: as
 * `feedRecords` does for a log on this machine. Throws `CliError`, `cursor-wrong` also when another log answers.
 */
export async function feedRemoteRecords(
  elsewhere: Elsewhere,
  { cursorFile, once, stop }: Omit<FeedOptions, 'dataDir'>,
): Promise<void> {
  const client = remoteClient(elsewhere)
  announce(elsewhere)
  try {
    const extent = await remoteExtent(client)
    if (extent === null) return
    let next = startOf(cursorFile, extent)
    const out = new OutStream()
    const keeper = new CursorKeeper(cursorFile, { log: extent.log, next }, out)
    const records = new RemoteRecords(client, { log: extent.log, next }, stop)
    const send = async (page: readonly AuditRecord[]): Promise<void> => {
      tellGap(extent.log, next, page[0]?.seq ?? next)
      for (const record of page) {
        await out.write(lineOf(record))
        next = record.seq + 1
        keeper.mark(next)
      }
      keeper.save({ idle: page.length === 0 })
    }
    for (;;) {
      const page = await records.page()
      if (page === 'replaced') throw replaced(cursorFile)
      if (page !== 'stopped') await send(page)
      // Reading is recorded too: waiting for a page without records would never end.
      if (page === 'stopped' || stop.aborted || (once && next >= extent.end)) break
      if (page.length === 0) await rest(pollMs, stop)
    }
    keeper.finish()
  } finally {
    client.close()
  }
}

/** The stored form again: its members keep their order, and it holds nothing that JSON writes in two ways. */
function lineOf(record: AuditRecord): string {
  const text = JSON.stringify(record)
  return `${process.stdout.isTTY ? toSafeText(text) : text}\n`
}

function replaced(cursorFile: string): CliError {
  return new CliError({
    code: 'cursor-wrong',
    message: 'The gateway has another log now.',
    where: cursorFile,
    suggestion: 'Keep what was read, and name a new cursor file for the new log.',
  })
}
