import type { CallFilter } from '@keeptrusts/audit-store'
import * as Flags from '@oclif/core/flags'
import { chooseGateway } from '../../auth/choose-gateway.ts'
import { BaseCommand } from '../../base-command.ts'
import { toCall } from '../../events/call.ts'
import { formatCallTable, outputTerminal } from '../../events/format-call-table.ts'
import type { LogSource } from '../../events/log-source.ts'
import { openLogSource } from '../../events/open-log-source.ts'
import { parseRange } from '../../events/parse-range.ts'
import { toCallJson } from '../../events/to-call-json.ts'
import { gatewayFlags } from '../../gateway-flags.ts'
import { toSafeJson } from '../../output/sanitize.ts'
import { writeErr, writeOut } from '../../output/write.ts'

/** `kt events list`: one row per call, newest first. */
export default class EventsList extends BaseCommand {
  static override summary = 'List the calls that went through the gateway, newest first.'
  static override description =
    `One row per call: what was decided, why, by which policy, for which model.
On a terminal times are local and the table fits its width; in a pipe times are UTC and nothing is cut.`
  static override examples = [
    '<%= config.bin %> events list --limit 5',
    '<%= config.bin %> events list --since 1h --verdict block',
    '<%= config.bin %> events list --policy pii-detector --json',
    '<%= config.bin %> events list --raw --limit 100 | jq \'select(.type == "auth.failed")\'',
  ]
  static override flags = {
    limit: Flags.integer({ description: 'How many, at most.', default: 20, min: 1, max: 100_000 }),
    since: Flags.string({
      description: 'Only from then on: 30s, 5m, 1h, 7d, 2w ago, or an RFC 3339 time.',
      helpValue: '<time>',
    }),
    until: Flags.string({ description: 'Only up to then.', helpValue: '<time>' }),
    verdict: Flags.option({
      description: 'Only calls with this outcome.',
      options: ['allow', 'redact', 'block', 'error'] as const,
    })(),
    policy: Flags.string({
      description: 'Only calls this policy acted on, or would have.',
      helpValue: '<kind>',
    }),
    model: Flags.string({ description: 'Only calls that asked for this model.' }),
    raw: Flags.boolean({
      description: 'Log records of every type as they are stored, one JSON object per line.',
      exclusive: ['json'],
    }),
    ...gatewayFlags,
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(EventsList)
    const filter = {
      limit: flags.limit,
      ...parseRange(flags, Date.now()),
      ...(flags.verdict === undefined ? {} : { verdict: flags.verdict }),
      ...(flags.policy === undefined ? {} : { policy: flags.policy }),
      ...(flags.model === undefined ? {} : { model: flags.model }),
    }
    const log = await openLogSource(chooseGateway(flags))
    if (log === null) {
      if (flags.json) writeOut('[]\n')
      return
    }
    try {
      const { count, text } = await answer(log, filter, flags)
      await log.recordRead({
        command: 'events list',
        filter: { ...filter, ...(flags.raw ? { raw: true } : {}) },
        count,
      })
      writeOut(text)
      if (count === 0 && !flags.json && !flags.raw) writeErr('No call matches.\n')
    } finally {
      log.close()
    }
  }
}

/** What will be printed, whole, so that the record of this read can go before it. */
async function answer(
  log: LogSource,
  filter: CallFilter,
  { json, raw }: { readonly json: boolean | undefined; readonly raw: boolean },
): Promise<{ readonly count: number; readonly text: string }> {
  if (raw) {
    const records = await log.records(filter)
    return {
      count: records.length,
      text: records.map((record) => `${toSafeJson(record)}\n`).join(''),
    }
  }
  const calls = (await log.calls(filter)).flatMap((row) => toCall(row) ?? [])
  if (json) return { count: calls.length, text: `${toSafeJson(calls.map(toCallJson), 2)}\n` }
  return {
    count: calls.length,
    text: calls.length === 0 ? '' : formatCallTable(calls, outputTerminal()),
  }
}
