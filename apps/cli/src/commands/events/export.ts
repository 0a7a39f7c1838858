import { existsSync } from 'node:fs'
import * as Flags from '@oclif/core/flags'
import { dataDirFlag } from '../../data-dir-flag.ts'
import { CliError } from '../../errors/cli-error.ts'
import { parseRange } from '../../events/parse-range.ts'
import { LogFilesCommand } from '../../log-files-command.ts'

/** `kt events export`: the records of a span of time, for other programs. */
export default class EventsExport extends LogFilesCommand {
  static override summary = 'Write the records of a span of time as JSON, JSON Lines or CSV.'
  static override description =
    `Records of every type, oldest first. jsonl holds the bytes that are stored and hashed, so that they can be checked with kt events verify; csv has fixed columns, and a text that a spreadsheet would run as a formula gets an apostrophe in front.
An export to a file that was cut off goes on with --resume.`
  static override examples = [
    '<%= config.bin %> events export --since 7d',
    '<%= config.bin %> events export --format csv --since 2026-01-01 --until 2026-02-01 --out january.csv',
    '<%= config.bin %> events export --format jsonl --out all.jsonl',
    '<%= config.bin %> events export --format jsonl --out all.jsonl --resume',
  ]
  static override flags = {
    format: Flags.option({
      description: 'json is one array.',
      options: ['json', 'jsonl', 'csv'] as const,
      default: 'json' as const,
    })(),
    since: Flags.string({
      description: 'Only from then on: 30s, 5m, 1h, 7d, 2w ago, or an RFC 3339 time.',
      helpValue: '<time>',
    }),
    until: Flags.string({ description: 'Only up to then.', helpValue: '<time>' }),
    out: Flags.string({
      description: 'Write to this new file, which only you can read; default standard output.',
      helpValue: '<file>',
      aliases: ['output'],
    }),
    resume: Flags.boolean({
      description: 'Go on with the file of --out where it was cut off; json starts anew.',
      dependsOn: ['out'],
    }),
    'data-dir': dataDirFlag,
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(EventsExport)
    const { format, out } = flags
    const resume = flags.resume === true
    const span = parseRange(flags, Date.now())
    if (out !== undefined && !resume && existsSync(out)) throw fileThere(out)
    // Loads the database driver, which no other command needs.
    const { openLog } = await import('../../events/open-reader.ts')
    const log = openLog(flags['data-dir'])
    if (log === null) {
      if (out === undefined && format === 'json') process.stdout.write('[]\n')
      return
    }
    try {
      const { planExport } = await import('../../events/export/plan-export.ts')
      const { exportLog } = await import('../../events/export/export-log.ts')
      const { recordRead } = await import('../../events/record-read.ts')
      const plan = planExport(log.reader, { format, span, out, resume })
      const { from, to } = plan.range
      await recordRead(log, {
        type: 'audit.export',
        command: 'events export',
        filter: { format, ...span, from_seq: from, to_seq: to, file: out !== undefined },
        count: to - from,
      })
      const target = plan.open()
      try {
        await exportLog(log.reader, plan, target)
      } finally {
        target.close()
      }
    } finally {
      log.reader.close()
    }
  }
}

function fileThere(file: string): CliError {
  return new CliError({
    code: 'bad-flag',
    message: 'The file is there already.',
    where: file,
    suggestion: 'Name a new file, or add --resume to go on with this one.',
  })
}
