import * as Flags from '@oclif/core/flags'
import { dataDirFlag } from '../../../data-dir-flag.ts'
import { CliError } from '../../../errors/cli-error.ts'
import { parseTimeFlag } from '../../../events/parse-range.ts'
import { LogFilesCommand } from '../../../log-files-command.ts'
import { toSafeJson } from '../../../output/sanitize.ts'
import { writeOut } from '../../../output/write.ts'

/** `kt events retention prune`: deletes records before their time, where the configuration allows that. */
export default class EventsRetentionPrune extends LogFilesCommand {
  static override summary = 'Delete records from before a time, where immutable: false allows it.'
  static override description =
    `Deletes whole blocks of 1024 records from the oldest on, although their retention is not over. Only records written while policy.audit-logger.immutable was false can go, and none that a hold keeps. The deletion is recorded with your name. Old records need no command: the gateway deletes them by itself.`
  static override examples = ['<%= config.bin %> events retention prune --before 2026-01-31']
  static override flags = {
    before: Flags.string({
      description: 'Delete records from before then: 7d, 2w ago, a date, or an RFC 3339 time.',
      helpValue: '<time>',
      required: true,
    }),
    'data-dir': dataDirFlag,
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(EventsRetentionPrune)
    const before = parseTimeFlag('--before', flags.before, Date.now())
    const { requireLog } = await import('../../../events/require-log.ts')
    const place = requireLog(flags['data-dir'])
    const { retentionStatus } = await import('@keeptrusts/audit-store')
    if (retentionStatus(place).immutable !== false) throw immutable()
    const { currentActor, logChanged, logTasks } = await import('../../../events/log-tasks.ts')
    const [run, actor] = [await logTasks(place), await currentActor(place)]
    let start: number | null = null
    for (;;) {
      const result = await run({ kind: 'prune-by-hand', before, actor, now: Date.now() })
      start ??= result.first
      if (result.state === 'damaged') throw logChanged(result.problem)
      if (result.state === 'working') continue
      const deleted = result.first - start
      if (flags.json) writeOut(`${toSafeJson({ deleted, first: result.first }, 2)}\n`)
      else writeOut(summary(deleted, result.first))
      return
    }
  }
}

function summary(deleted: number, first: number): string {
  return deleted === 0
    ? 'Nothing was deleted: no whole block of 1024 records at the beginning of the log may go.\n'
    : `Deleted ${deleted} records; the log begins with record ${first} now.\n`
}

function immutable(): CliError {
  return new CliError({
    code: 'log-immutable',
    message: 'The log is immutable: its records stay until their retention is over.',
    suggestion:
      'Set policy.audit-logger.immutable: false; it holds for records written after the next start of the gateway.',
  })
}
