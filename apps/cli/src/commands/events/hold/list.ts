import { dataDirFlag } from '../../../data-dir-flag.ts'
import { LogFilesCommand } from '../../../log-files-command.ts'
import { toSafeJson } from '../../../output/sanitize.ts'
import { writeOut } from '../../../output/write.ts'

/** `kt events hold list`: the holds in force. */
export default class EventsHoldList extends LogFilesCommand {
  static override summary = 'List the holds in force.'
  static override examples = [
    '<%= config.bin %> events hold list',
    '<%= config.bin %> events hold list --json',
  ]
  static override flags = { 'data-dir': dataDirFlag }

  async run(): Promise<void> {
    const { flags } = await this.parse(EventsHoldList)
    const { openLog } = await import('../../../events/open-reader.ts')
    const log = openLog(flags['data-dir'])
    log?.reader.close()
    const { retentionStatus } = await import('@keeptrusts/audit-store')
    const holds = log === null ? [] : retentionStatus(log.place).holds
    if (flags.json) writeOut(`${toSafeJson(holds, 2)}\n`)
    else if (holds.length > 0) {
      const { formatHolds } = await import('../../../events/retention/format-holds.ts')
      writeOut(formatHolds(holds, { local: process.stdout.isTTY }))
    } else if (log !== null)
      writeOut('No holds: records are deleted when their retention is over.\n')
  }
}
