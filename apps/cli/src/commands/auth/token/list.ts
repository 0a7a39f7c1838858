import { shownToken } from '@keeptrusts/access'
import { withAccessStore } from '../../../access/access-folder.ts'
import { formatTokens } from '../../../access/format-tokens.ts'
import { dataDirFlag } from '../../../data-dir-flag.ts'
import { localPaths } from '../../../local-paths.ts'
import { LogFilesCommand } from '../../../log-files-command.ts'
import { toSafeJson } from '../../../output/sanitize.ts'
import { writeErr, writeOut } from '../../../output/write.ts'

/** `kt auth token list`: the API tokens of all operators, never their secrets. */
export default class AuthTokenList extends LogFilesCommand {
  static override summary = 'List the API tokens, newest first, with whose they are.'
  static override examples = [
    '<%= config.bin %> auth token list',
    '<%= config.bin %> auth token list --json',
  ]
  static override flags = { 'data-dir': dataDirFlag }

  async run(): Promise<void> {
    const { flags } = await this.parse(AuthTokenList)
    const { dataDir } = localPaths(flags['data-dir'])
    const found = await withAccessStore(dataDir, ({ tokens, operators }) => ({
      tokens: tokens.list(),
      operators: operators.list(),
    }))
    const { tokens, operators } = found ?? { tokens: [], operators: [] }
    if (flags.json) writeOut(`${toSafeJson(tokens.map(shownToken), 2)}\n`)
    else if (tokens.length > 0) writeOut(formatTokens(tokens, { operators, now: Date.now() }))
    else
      writeErr('No API tokens yet. Make one: kt auth token create --name <text> --scope <scopes>\n')
  }
}
