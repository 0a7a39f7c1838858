import { withAccessStore } from '../../../access/access-folder.ts'
import { dataDirFlag } from '../../../data-dir-flag.ts'
import { localPaths } from '../../../local-paths.ts'
import { LogFilesCommand } from '../../../log-files-command.ts'
import { sanitize, toSafeJson } from '../../../output/sanitize.ts'
import { formatTable } from '../../../output/table.ts'
import { writeErr, writeOut } from '../../../output/write.ts'

/** `kt auth operator list`: who may sign in. */
export default class AuthOperatorList extends LogFilesCommand {
  static override summary = 'List who may sign in, and with which role.'
  static override examples = ['<%= config.bin %> auth operator list']
  static override flags = { 'data-dir': dataDirFlag }

  async run(): Promise<void> {
    const { flags } = await this.parse(AuthOperatorList)
    const { dataDir } = localPaths(flags['data-dir'])
    const operators = (await withAccessStore(dataDir, (store) => store.operators.list())) ?? []
    const shown = operators.map(({ created, ...operator }) => ({
      ...operator,
      created: new Date(created).toISOString(),
    }))
    if (flags.json) writeOut(`${toSafeJson(shown, 2)}\n`)
    else if (shown.length === 0) writeErr('Nobody has signed in yet: kt auth login.\n')
    else {
      const columns = ['ID', 'E-MAIL', 'ROLE', 'SINCE', 'SIGNS IN AT'].map((title) => ({ title }))
      const rows = shown.map(({ id, email, role, created, issuer }) =>
        [id, email, role, created.slice(0, 10), issuer ?? 'this gateway'].map(sanitize),
      )
      writeOut(formatTable(columns, rows))
    }
  }
}
