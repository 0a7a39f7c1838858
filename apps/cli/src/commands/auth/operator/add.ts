import * as Flags from '@oclif/core/flags'
import { inAccessStore } from '../../../access/access-folder.ts'
import { operatorFields, operatorJson } from '../../../access/find-operator.ts'
import { roleFlag } from '../../../access/role-flag.ts'
import { dataDirFlag } from '../../../data-dir-flag.ts'
import { localPaths } from '../../../local-paths.ts'
import { LogFilesCommand } from '../../../log-files-command.ts'
import { toSafeJson } from '../../../output/sanitize.ts'
import { writeOut } from '../../../output/write.ts'

/** `kt auth operator add`: makes a sign-in for another person. */
export default class AuthOperatorAdd extends LogFilesCommand {
  static override summary = 'Make a sign-in for another person, with a role and a first password.'
  static override description =
    'Roles: viewer sees how the gateway is, auditor reads and copies the log, operator runs the gateway and its keys, admin may do everything.'
  static override examples = [
    '<%= config.bin %> auth operator add --email eve@example.com --role auditor',
    '<%= config.bin %> auth operator add --email eve@example.com --role viewer --password-stdin < password-file',
  ]
  static override flags = {
    email: Flags.string({ description: 'E-mail address of the person.', required: true }),
    role: roleFlag({ required: true }),
    'password-stdin': Flags.boolean({
      description: 'Read the first password from standard input.',
    }),
    'data-dir': dataDirFlag,
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(AuthOperatorAdd)
    const { askCredentials } = await import('../../../auth/ask-credentials.ts')
    const { recordAccessChange } = await import('../../../access/record-change.ts')
    const credentials = await askCredentials(flags, { isNew: true })
    const { dataDir } = localPaths(flags['data-dir'])
    const operator = await inAccessStore(dataDir, async (store) => {
      const added = await store.addOperator(credentials, flags.role)
      try {
        await recordAccessChange(flags['data-dir'], 'operator.added', operatorFields(added, 'all'))
      } catch (error) {
        // An operator whom the log does not know of must not get in.
        store.operators.remove(added.id)
        throw error
      }
      return added
    })
    if (flags.json) writeOut(`${toSafeJson(operatorJson(operator), 2)}\n`)
    else writeOut(`${operator.email} is ${operator.role} now (${operator.id}).\n`)
  }
}
