import * as Flags from '@oclif/core/flags'
import { dataDirFlag } from '../../../data-dir-flag.ts'
import { LogFilesCommand } from '../../../log-files-command.ts'
import { toSafeJson } from '../../../output/sanitize.ts'
import { writeOut } from '../../../output/write.ts'

/** `kt events hold add`: keeps records beyond their retention. */
export default class EventsHoldAdd extends LogFilesCommand {
  static override summary = 'Keep records beyond their retention, from a place in the log on.'
  static override description =
    `Without --from and --since everything that is there is kept. A hold is recorded with its reason and your name, and holds until it is removed.`
  static override examples = [
    '<%= config.bin %> events hold add --reason "Case 2026-17"',
    '<%= config.bin %> events hold add --since 2026-01-31 --reason "Case 2026-17"',
    '<%= config.bin %> events hold add --from evt_019a1b2c-3d4e-7f50-8a6b-7c8d9e0f1a2b --reason audit',
  ]
  static override flags = {
    from: Flags.string({
      description: 'The first record to keep: an event id, a request id, or its number.',
      helpValue: '<id|number>',
      exclusive: ['since'],
    }),
    since: Flags.string({
      description: 'Keep records from then on: 7d, 2w ago, a date, or an RFC 3339 time.',
      helpValue: '<time>',
    }),
    reason: Flags.string({
      description: 'Why, for whoever finds the hold later.',
      helpValue: '<text>',
      required: true,
    }),
    'data-dir': dataDirFlag,
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(EventsHoldAdd)
    const { requireLog } = await import('../../../events/require-log.ts')
    const place = requireLog(flags['data-dir'])
    const { holdStart } = await import('../../../events/retention/hold-start.ts')
    const fromSeq = holdStart(place, flags)
    const { currentActor, logTasks } = await import('../../../events/log-tasks.ts')
    const [run, actor] = [await logTasks(place), await currentActor(place)]
    const added = await run({
      kind: 'add-hold',
      from_seq: fromSeq,
      reason: flags.reason,
      actor,
      now: Date.now(),
    })
    if (flags.json) writeOut(`${toSafeJson(added, 2)}\n`)
    else writeOut(`${added.hold} keeps record ${added.from_seq} and everything later.\n`)
  }
}
