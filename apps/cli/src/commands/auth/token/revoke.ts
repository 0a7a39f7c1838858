import { shownToken } from '@keeptrusts/access'
import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { withAccessStore } from '../../../access/access-folder.ts'
import { dataDirFlag } from '../../../data-dir-flag.ts'
import { CliError } from '../../../errors/cli-error.ts'
import { localPaths } from '../../../local-paths.ts'
import { LogFilesCommand } from '../../../log-files-command.ts'
import { toSafeJson } from '../../../output/sanitize.ts'
import { writeOut } from '../../../output/write.ts'

/** `kt auth token revoke`: ends an API token. */
export default class AuthTokenRevoke extends LogFilesCommand {
  static override summary = 'End an API token at once.'
  static override examples = [
    '<%= config.bin %> auth token revoke pt_5f1d0c9be2a4',
    '<%= config.bin %> auth token revoke --token-id pt_5f1d0c9be2a4',
  ]
  static override args = {
    id: Args.string({ description: 'Id of the token, as kt auth token list shows it.' }),
  }
  static override flags = {
    'token-id': Flags.string({ description: 'The same as the argument.', helpValue: '<id>' }),
    'data-dir': dataDirFlag,
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(AuthTokenRevoke)
    const id = args.id ?? flags['token-id'] ?? ''
    const { dataDir } = localPaths(flags['data-dir'])
    const token = await withAccessStore(dataDir, (store) => store.tokens.revoke(id))
    if (token === null)
      throw new CliError({
        code: 'bad-flag',
        message: 'There is no API token of this id.',
        suggestion: 'List them with kt auth token list; it is the id that is revoked.',
      })
    const { recordAccessChange } = await import('../../../access/record-change.ts')
    await recordAccessChange(flags['data-dir'], 'token.revoked', {
      token: token.id,
      owner: token.operator,
    })
    if (flags.json) writeOut(`${toSafeJson(shownToken(token), 2)}\n`)
    else writeOut(`${token.id} (${token.name}) is revoked.\n`)
  }
}
