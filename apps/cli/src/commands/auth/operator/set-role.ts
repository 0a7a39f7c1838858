import * as Args from '@oclif/core/args'
import { inAccessStore } from '../../../access/access-folder.ts'
import { findOperator, operatorFields, operatorJson } from '../../../access/find-operator.ts'
import { roleFlag } from '../../../access/role-flag.ts'
import { dataDirFlag } from '../../../data-dir-flag.ts'
import { localPaths } from '../../../local-paths.ts'
import { LogFilesCommand } from '../../../log-files-command.ts'
import { toSafeJson } from '../../../output/sanitize.ts'
import { writeOut } from '../../../output/write.ts'

/** `kt auth operator set-role`: what a person may do from now on. */
export default class AuthOperatorSetRole extends LogFilesCommand {
  static override summary = 'Give a person another role; it counts from the next request on.'
  static override examples = [
    '<%= config.bin %> auth operator set-role eve@example.com --role operator',
  ]
  static override args = {
    operator: Args.string({ description: 'Id or e-mail address.', required: true }),
  }
  static override flags = { role: roleFlag({ required: true }), 'data-dir': dataDirFlag }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(AuthOperatorSetRole)
    const { recordAccessChange } = await import('../../../access/record-change.ts')
    const { dataDir } = localPaths(flags['data-dir'])
    const operator = await inAccessStore(dataDir, (store) =>
      store.operators.setRole(findOperator(store, args.operator).id, flags.role),
    )
    const fields = operatorFields(operator, 'role')
    await recordAccessChange(flags['data-dir'], 'operator.changed', fields)
    if (flags.json) writeOut(`${toSafeJson(operatorJson(operator), 2)}\n`)
    else writeOut(`${operator.email} is ${operator.role} now.\n`)
  }
}
