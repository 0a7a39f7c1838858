import { dataDirFlag } from '../../../data-dir-flag.ts'
import { LogFilesCommand } from '../../../log-files-command.ts'
import { toSafeJson } from '../../../output/sanitize.ts'
import { writeOut } from '../../../output/write.ts'

/** `kt events retention status`: what is kept for how long, and what goes next. */
export default class EventsRetentionStatus extends LogFilesCommand {
  static override summary = 'Show how long records are kept, and what is deleted next.'
  static override description =
    `Records are deleted by the running gateway, once an hour, in blocks of 1024 from the oldest on, when all of a block are older than policy.audit-logger.retention_days.`
  static override examples = [
    '<%= config.bin %> events retention status',
    '<%= config.bin %> events retention status --json',
  ]
  static override flags = { 'data-dir': dataDirFlag }

  async run(): Promise<void> {
    const { flags } = await this.parse(EventsRetentionStatus)
    const { openLog } = await import('../../../events/open-reader.ts')
    const log = openLog(flags['data-dir'])
    if (log === null) {
      if (flags.json) writeOut('null\n')
      return
    }
    log.reader.close()
    const { retentionStatus } = await import('@keeptrusts/audit-store')
    const status = retentionStatus(log.place)
    if (flags.json) {
      const { retentionJson } = await import('../../../events/retention/retention-json.ts')
      writeOut(`${toSafeJson(retentionJson(status), 2)}\n`)
    } else {
      const { clockFor, formatRetention } = await import(
        '../../../events/retention/format-retention.ts'
      )
      writeOut(formatRetention(status, clockFor({ local: process.stdout.isTTY })))
    }
  }
}
