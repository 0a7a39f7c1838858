import * as Args from '@oclif/core/args'
import { dataDirFlag } from '../../../data-dir-flag.ts'
import { CliError } from '../../../errors/cli-error.ts'
import { LogFilesCommand } from '../../../log-files-command.ts'
import { toSafeJson } from '../../../output/sanitize.ts'
import { writeOut } from '../../../output/write.ts'

/** `kt events hold remove`: lets records go again. */
export default class EventsHoldRemove extends LogFilesCommand {
  static override summary = 'Remove a hold; what it kept is deleted when its retention is over.'
  static override args = {
    hold: Args.string({ description: 'As kt events hold list shows it.', required: true }),
  }
  static override examples = ['<%= config.bin %> events hold remove hold_3f0c52aa91d4']
  static override flags = { 'data-dir': dataDirFlag }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(EventsHoldRemove)
    const { requireLog } = await import('../../../events/require-log.ts')
    const place = requireLog(flags['data-dir'])
    const { currentActor, logTasks } = await import('../../../events/log-tasks.ts')
    const [run, actor] = [await logTasks(place), await currentActor(place)]
    const result = await run({ kind: 'remove-hold', hold: args.hold, actor, now: Date.now() })
    if (!result.removed) throw unknown(args.hold)
    if (flags.json) writeOut(`${toSafeJson(result, 2)}\n`)
    else writeOut(`${args.hold} is removed.\n`)
  }
}

function unknown(hold: string): CliError {
  return new CliError({
    code: 'hold-unknown',
    message: `No hold ${JSON.stringify(hold)} is in force.`,
    suggestion: 'See which there are with kt events hold list.',
  })
}
