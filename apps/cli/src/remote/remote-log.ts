import type { Elsewhere } from '../auth/choose-gateway.ts'
import { CliError } from '../errors/cli-error.ts'
import { textOf } from '../events/event-field.ts'
import type { FoundEvent } from '../events/find-event.ts'
import type { LogSource } from '../events/log-source.ts'
import { askCalls, askEvent, askRecords } from './event-routes.ts'
import type { RemoteClient } from './remote-client.ts'
import { announce, remoteClient } from './remote-client.ts'

/** The log of a gateway elsewhere, which records each read with the operator before it answers. */
export function remoteLog(elsewhere: Elsewhere): LogSource {
  const client = remoteClient(elsewhere)
  announce(elsewhere)
  return {
    calls: (filter) => askCalls(client, filter),
    records: (filter) => askRecords(client, filter),
    event: (id) => askEvent(client, id),
    config: (event) => runningConfig(client, event),
    contents: async () => {
      throw new CliError({
        code: 'runs-elsewhere',
        message: 'Texts that were kept are decrypted with a key that only the gateway has.',
        where: elsewhere.gateway.url,
        suggestion: "Run kt events show --content on the gateway's machine.",
      })
    },
    recordRead: async () => {},
    close: client.close,
  }
}

/** A gateway tells its present configuration only; older ones are in its log. */
async function runningConfig(client: RemoteClient, event: FoundEvent): Promise<unknown> {
  const { hash, config } = await client.ask('GET', 'config')
  const wanted = event.records.flatMap((record) => textOf(record['config_hash']) ?? [])
  if (wanted[0] === hash) return config
  throw new CliError({
    code: 'runs-elsewhere',
    message: 'This event was decided under another configuration than the one that runs now.',
    suggestion: "Run kt events show --config on the gateway's machine: its log keeps every one.",
  })
}
