import { dataDirFlag } from '../../../data-dir-flag.ts'
import { LogFilesCommand } from '../../../log-files-command.ts'
import { toSafeJson } from '../../../output/sanitize.ts'
import { writeOut } from '../../../output/write.ts'

/** `kt events retention confirm-clock`: lets retention go on after the clock was set. */
export default class EventsRetentionConfirmClock extends LogFilesCommand {
  static override summary = 'Confirm that the clock of this machine is right.'
  static override description =
    `After the clock was set forward, or after a long pause before a start, no record is deleted until somebody says that the clock is right. Look at the clock first: a wrong one makes records look older than they are. The confirmation is recorded with your name.`
  static override examples = ['<%= config.bin %> events retention confirm-clock']
  static override flags = { 'data-dir': dataDirFlag }

  async run(): Promise<void> {
    const { flags } = await this.parse(EventsRetentionConfirmClock)
    const { requireLog } = await import('../../../events/require-log.ts')
    const place = requireLog(flags['data-dir'])
    const { currentActor, logTasks } = await import('../../../events/log-tasks.ts')
    const [run, actor] = [await logTasks(place), await currentActor(place)]
    const now = Date.now()
    const result = await run({ kind: 'confirm-clock', actor, now })
    if (flags.json) writeOut(`${toSafeJson(result, 2)}\n`)
    else if (result.confirmed) {
      writeOut(
        `Recorded that ${new Date(now).toISOString()} is the right time. Retention goes on.\n`,
      )
    } else writeOut('Nothing to confirm: the clock is trusted.\n')
  }
}
