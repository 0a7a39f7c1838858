import { shownKey } from '@keeptrusts/access'
import * as Args from '@oclif/core/args'
import { withAccessStore } from '../../../access/access-folder.ts'
import { dataDirFlag } from '../../../data-dir-flag.ts'
import { CliError } from '../../../errors/cli-error.ts'
import { localPaths } from '../../../local-paths.ts'
import { LogFilesCommand } from '../../../log-files-command.ts'
import { toSafeJson } from '../../../output/sanitize.ts'
import { writeOut } from '../../../output/write.ts'

/** `kt gateway key revoke`: ends a key. */
export default class GatewayKeyRevoke extends LogFilesCommand {
  static override summary =
    'End a gateway key: no call that begins after the answer succeeds with it.'
  static override examples = ['<%= config.bin %> gateway key revoke gk_5f1d0c9be2a4']
  static override args = {
    id: Args.string({
      description: 'Id of the key, as kt gateway key list shows it.',
      required: true,
    }),
  }
  static override flags = { 'data-dir': dataDirFlag }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(GatewayKeyRevoke)
    const { dataDir } = localPaths(flags['data-dir'])
    const key = await withAccessStore(dataDir, (store) => store.keys.revoke(args.id))
    if (key === null) throw unknown()
    const { recordAccessChange } = await import('../../../access/record-change.ts')
    await recordAccessChange(flags['data-dir'], 'key.revoked', {
      key: key.id,
      subject: key.subject,
    })
    if (flags.json) writeOut(`${toSafeJson(shownKey(key), 2)}\n`)
    else writeOut(`${key.id} of ${key.subject} is revoked.\n`)
  }
}

function unknown(): CliError {
  return new CliError({
    code: 'bad-flag',
    message: 'There is no gateway key of this id.',
    suggestion: 'List them with kt gateway key list; it is the id that is revoked, never the key.',
  })
}
