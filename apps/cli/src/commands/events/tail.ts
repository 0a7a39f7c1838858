import * as Flags from '@oclif/core/flags'
import type { ChosenGateway } from '../../auth/choose-gateway.ts'
import { chooseGateway } from '../../auth/choose-gateway.ts'
import { BaseCommand } from '../../base-command.ts'
import type { FeedOptions } from '../../events/follow/feed-records.ts'
import type { FollowOptions } from '../../events/follow/follow-calls.ts'
import { parseRange } from '../../events/parse-range.ts'
import { gatewayFlags } from '../../gateway-flags.ts'

/** How long an end waits for a reader that takes nothing any more, milliseconds. */
const graceMs = 2000

/** `kt events tail`: the calls as they come, or the whole log as a feed. */
export default class EventsTail extends BaseCommand {
  static override summary = 'Show calls as they end, or feed the log to another system.'
  static override description =
    `Prints the newest calls and then a line per call as it ends, until Ctrl-C. It waits for a log that is not there yet and goes on while gateways stop and start; of a gateway elsewhere, over losses of the network too.
With --since-cursor it writes the records of every type instead, exactly as they are stored, one JSON object per line, from where it stopped the last time. A record can come twice when the process was killed: (log, seq) tells it apart.`
  static override examples = [
    '<%= config.bin %> events tail',
    '<%= config.bin %> events tail --verdict block --since 1h',
    '<%= config.bin %> events tail --json --policy pii-detector',
    '<%= config.bin %> events tail --json --since-cursor siem.cursor --once >> audit.jsonl',
  ]
  static override flags = {
    limit: Flags.integer({
      description: 'How many calls to begin with, at most.',
      default: 50,
      min: 0,
      max: 100_000,
    }),
    since: Flags.string({
      description: 'Begin with calls from then on: 30s, 5m, 1h, 7d, 2w ago, or an RFC 3339 time.',
      helpValue: '<time>',
    }),
    verdict: Flags.option({
      description: 'Only calls with this outcome.',
      options: ['allow', 'redact', 'block', 'error'] as const,
    })(),
    policy: Flags.string({
      description: 'Only calls this policy acted on, or would have.',
      helpValue: '<kind>',
    }),
    model: Flags.string({ description: 'Only calls that asked for this model.' }),
    'since-cursor': Flags.string({
      description:
        'With --json: every record from the position in this file on, which moves on with what was written; without the file from the first record.',
      helpValue: '<file>',
      dependsOn: ['json'],
      exclusive: ['since', 'verdict', 'policy', 'model'],
    }),
    once: Flags.boolean({ description: 'End when everything that is there now was printed.' }),
    ...gatewayFlags,
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(EventsTail)
    const range = parseRange(flags, Date.now())
    const gateway = chooseGateway(flags)
    const { untilStopped } = await import('../../gateway/until-stopped.ts')
    const signals = untilStopped()
    const stop = new AbortController()
    void signals.signalled.then(() => {
      stop.abort()
      setTimeout(() => process.exit(0), graceMs).unref()
    })
    try {
      const { 'since-cursor': cursorFile, limit, verdict, policy, model } = flags
      const common = { once: flags.once === true, stop: stop.signal }
      if (cursorFile !== undefined) {
        await feed(gateway, { ...common, cursorFile })
        return
      }
      const filter = {
        limit,
        ...range,
        ...(verdict === undefined ? {} : { verdict }),
        ...(policy === undefined ? {} : { policy }),
        ...(model === undefined ? {} : { model }),
      }
      await follow(gateway, { ...common, filter, format: await formatFor(flags.json) })
    } finally {
      signals.dispose()
    }
  }
}

async function feed(gateway: ChosenGateway, options: Omit<FeedOptions, 'dataDir'>): Promise<void> {
  if (gateway.kind === 'elsewhere') {
    const { feedRemoteRecords } = await import('../../remote/feed-remote-records.ts')
    return feedRemoteRecords(gateway, options)
  }
  const { feedRecords } = await import('../../events/follow/feed-records.ts')
  return feedRecords({ ...options, dataDir: gateway.dataDir })
}

async function follow(
  gateway: ChosenGateway,
  options: Omit<FollowOptions, 'dataDir'>,
): Promise<void> {
  if (gateway.kind === 'elsewhere') {
    const { followRemoteCalls } = await import('../../remote/follow-remote-calls.ts')
    return followRemoteCalls(gateway, options)
  }
  const { followCalls } = await import('../../events/follow/follow-calls.ts')
  return followCalls({ ...options, dataDir: gateway.dataDir })
}

async function formatFor(json: boolean | undefined) {
  if (json) {
    const { toCallJson } = await import('../../events/to-call-json.ts')
    const { toSafeJson } = await import('../../output/sanitize.ts')
    return (calls: readonly Parameters<typeof toCallJson>[0][]) =>
      calls.map((call) => `${toSafeJson(toCallJson(call))}\n`).join('')
  }
  const { growingCallTable, outputTerminal } = await import('../../events/format-call-table.ts')
  return growingCallTable(outputTerminal())
}
