import * as Args from '@oclif/core/args'
import { inAccessStore } from '../../../access/access-folder.ts'
import { findOperator, operatorFields, operatorJson } from '../../../access/find-operator.ts'
import { dataDirFlag } from '../../../data-dir-flag.ts'
import { localPaths } from '../../../local-paths.ts'
import { LogFilesCommand } from '../../../log-files-command.ts'
import { toSafeJson } from '../../../output/sanitize.ts'
import { writeOut } from '../../../output/write.ts'

/** `kt auth operator remove`: takes a person's sign-in away. */
export default class AuthOperatorRemove extends LogFilesCommand {
  static override summary = 'Take a sign-in away; its sessions and API tokens end at once.'
  static override examples = ['<%= config.bin %> auth operator remove eve@example.com']
  static override args = {
    operator: Args.string({ description: 'Id or e-mail address.', required: true }),
  }
  static override flags = { 'data-dir': dataDirFlag }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(AuthOperatorRemove)
    const { recordAccessChange } = await import('../../../access/record-change.ts')
    const { dataDir } = localPaths(flags['data-dir'])
    const operator = await inAccessStore(dataDir, (store) =>
      store.operators.remove(findOperator(store, args.operator).id),
    )
    await recordAccessChange(flags['data-dir'], 'operator.removed', operatorFields(operator, 'all'))
    if (flags.json) writeOut(`${toSafeJson(operatorJson(operator), 2)}\n`)
    else writeOut(`${operator.email} can no longer sign in.\n`)
  }
}
