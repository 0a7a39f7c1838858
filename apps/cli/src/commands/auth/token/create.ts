import { shownToken } from '@keeptrusts/access'
import * as Flags from '@oclif/core/flags'
import { inAccessStore } from '../../../access/access-folder.ts'
import { parseExpiry } from '../../../access/expiry.ts'
import { signedInOperator } from '../../../access/signed-in-operator.ts'
import { dataDirFlag } from '../../../data-dir-flag.ts'
import { localPaths } from '../../../local-paths.ts'
import { LogFilesCommand } from '../../../log-files-command.ts'
import { toSafeJson } from '../../../output/sanitize.ts'
import { writeErr, writeOut } from '../../../output/write.ts'

/** `kt auth token create`: makes a token that a program shows in place of its operator. */
export default class AuthTokenCreate extends LogFilesCommand {
  static override summary = 'Make an API token for a program; it is shown once.'
  static override description =
    `The token may do what its scopes say, as long as your role may. Programs show it as Authorization: Bearer, and kt takes it from KEEPTRUSTS_API_TOKEN.
The token stands alone on standard output; what belongs to it goes to standard error.`
  static override examples = [
    '<%= config.bin %> auth token create --name siem --scope events:read',
    '<%= config.bin %> auth token create --name deploy --scope config:reload,status:read --expires-in 30d',
  ]
  static override flags = {
    name: Flags.string({ description: 'What it is for.', helpValue: '<text>', required: true }),
    scope: Flags.string({
      description: 'What it may do, as in events:read,status:read. Can be given several times.',
      helpValue: '<scopes>',
      multiple: true,
      multipleNonGreedy: true,
      required: true,
    }),
    'expires-in': Flags.string({
      description: 'How long it is valid: 12h, 90d, 26w; at most a year.',
      helpValue: '<time>',
      default: '90d',
    }),
    'data-dir': dataDirFlag,
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(AuthTokenCreate)
    const expires = parseExpiry(flags['expires-in'], Date.now())
    const { recordAccessChange } = await import('../../../access/record-change.ts')
    const paths = localPaths(flags['data-dir'])
    const operator = await signedInOperator(paths)
    const { token, secret } = await inAccessStore(paths.dataDir, async (store) => {
      const scopes = flags.scope.flatMap((list) => list.split(',')).map((scope) => scope.trim())
      const made = store.tokens.create({ operator, name: flags.name, scopes, expires })
      const { id, name } = made.token
      try {
        const fields = { token: id, name, scopes: [...made.token.scopes] }
        await recordAccessChange(flags['data-dir'], 'token.created', fields)
      } catch (error) {
        // A token that the log does not know of must not work.
        store.tokens.revoke(id)
        throw error
      }
      return made
    })
    if (flags.json) {
      writeOut(`${toSafeJson({ ...shownToken(token), token: secret }, 2)}\n`)
      return
    }
    writeOut(`${secret}\n`)
    writeErr(
      `${token.id} may ${token.scopes.join(', ')} until ${new Date(token.expires).toISOString().slice(0, 10)}. Note the token: it cannot be shown again.\n`,
    )
  }
}
