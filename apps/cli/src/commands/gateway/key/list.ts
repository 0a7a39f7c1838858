import { shownKey } from '@keeptrusts/access'
import { withAccessStore } from '../../../access/access-folder.ts'
import { formatKeys } from '../../../access/format-keys.ts'
import { dataDirFlag } from '../../../data-dir-flag.ts'
import { localPaths } from '../../../local-paths.ts'
import { LogFilesCommand } from '../../../log-files-command.ts'
import { toSafeJson } from '../../../output/sanitize.ts'
import { writeErr, writeOut } from '../../../output/write.ts'

/** `kt gateway key list`: the keys of client services, never their secrets. */
export default class GatewayKeyList extends LogFilesCommand {
  static override summary = 'List the gateway keys, newest first, with who calls with them.'
  static override examples = [
    '<%= config.bin %> gateway key list',
    '<%= config.bin %> gateway key list --json',
  ]
  static override flags = { 'data-dir': dataDirFlag }

  async run(): Promise<void> {
    const { flags } = await this.parse(GatewayKeyList)
    const { dataDir } = localPaths(flags['data-dir'])
    const keys = (await withAccessStore(dataDir, (store) => store.keys.list())) ?? []
    if (flags.json) writeOut(`${toSafeJson(keys.map(shownKey), 2)}\n`)
    else if (keys.length > 0) writeOut(formatKeys(keys, Date.now()))
    else writeErr('No keys yet. Make one: kt gateway key create --subject <name>\n')
  }
}
