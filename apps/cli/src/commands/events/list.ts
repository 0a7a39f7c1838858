import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../../base-command.ts'
import { dataDirFlag } from '../../data-dir-flag.ts'
import { toCall } from '../../events/call.ts'
import { formatCallTable } from '../../events/format-call-table.ts'
import { parseRange } from '../../events/parse-range.ts'
import { toCallJson } from '../../events/to-call-json.ts'
import { toSafeJson } from '../../output/sanitize.ts'
import { styleFor } from '../../output/style.ts'
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
    'data-dir': dataDirFlag,
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
    // Loads the database driver, which no other command needs.
    const { openReader } = await import('../../events/open-reader.ts')
    const reader = openReader(flags['data-dir'])
    if (reader === null) {
      if (flags.json) writeOut('[]\n')
      return
    }
    try {
      if (flags.raw) {
        for (const record of reader.records(filter)) writeOut(`${toSafeJson(record)}\n`)
        return
      }
      const calls = reader.calls(filter).flatMap((row) => toCall(row) ?? [])
      if (flags.json) writeOut(`${toSafeJson(calls.map(toCallJson), 2)}\n`)
      else if (calls.length === 0) writeErr('No call matches.\n')
      else writeOut(formatCallTable(calls, terminal()))
    } finally {
      reader.close()
    }
  }
}

function terminal(): Parameters<typeof formatCallTable>[1] {
  if (!process.stdout.isTTY) return null
  return { width: process.stdout.columns ?? 80, style: styleFor(process.stdout, process.env) }
}
