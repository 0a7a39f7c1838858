import { shownKey } from '@keeptrusts/access'
import * as Flags from '@oclif/core/flags'
import { inAccessStore } from '../../../access/access-folder.ts'
import { parseExpiry } from '../../../access/expiry.ts'
import { dataDirFlag } from '../../../data-dir-flag.ts'
import { localPaths } from '../../../local-paths.ts'
import { LogFilesCommand } from '../../../log-files-command.ts'
import { toSafeJson } from '../../../output/sanitize.ts'
import { writeErr, writeOut } from '../../../output/write.ts'

/** `kt gateway key create`: makes a key that a client service authenticates with. */
export default class GatewayKeyCreate extends LogFilesCommand {
  static override summary = 'Make a gateway key for a client service; it is shown once.'
  static override description =
    `The service sends it as Authorization: Bearer, which is what api_key of the OpenAI clients does. Its subject, roles and models are what
policies and the audit log know the caller by. A running gateway takes it at once.
The key stands alone on standard output; what belongs to it goes to standard error.`
  static override examples = [
    '<%= config.bin %> gateway key create --subject billing-service --role analyst',
    '<%= config.bin %> gateway key create --subject nightly --model "gpt-*" --expires-in 90d --name "the nightly job"',
    '<%= config.bin %> gateway key create --subject ci --json | jq -r .key',
  ]
  static override flags = {
    subject: Flags.string({
      description: 'Who calls with it, as policies and events name the caller.',
      helpValue: '<name>',
      required: true,
    }),
    role: Flags.string({
      description: 'A role of the caller. Can be given several times.',
      helpValue: '<role>',
      multiple: true,
      multipleNonGreedy: true,
    }),
    model: Flags.string({
      description:
        'A model it may ask for, exact or with * at the end. Can be given several times; without, all models.',
      helpValue: '<model>',
      multiple: true,
      multipleNonGreedy: true,
    }),
    name: Flags.string({ description: 'What it is for, for people.', helpValue: '<text>' }),
    'expires-in': Flags.string({
      description: 'How long it is valid: 12h, 90d, 26w. Without, until it is revoked.',
      helpValue: '<time>',
    }),
    'data-dir': dataDirFlag,
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(GatewayKeyCreate)
    const expires = flags['expires-in'] && parseExpiry(flags['expires-in'], Date.now())
    const { recordAccessChange } = await import('../../../access/record-change.ts')
    const { dataDir } = localPaths(flags['data-dir'])
    const { key, secret } = await inAccessStore(dataDir, async ({ keys }) => {
      const made = keys.create({
        subject: flags.subject,
        roles: flags.role ?? [],
        models: flags.model ?? null,
        name: flags.name ?? null,
        expires: expires || null,
      })
      const { id, subject, roles, models } = made.key
      try {
        const fields = { key: id, subject, roles: [...roles], models: models && [...models] }
        await recordAccessChange(flags['data-dir'], 'key.created', fields)
      } catch (error) {
        // A key that the log does not know of must not work.
        keys.revoke(id)
        throw error
      }
      return made
    })
    if (flags.json) {
      writeOut(`${toSafeJson({ ...shownKey(key), key: secret }, 2)}\n`)
      return
    }
    writeOut(`${secret}\n`)
    const models = key.models === null ? 'all models' : `models ${key.models.join(', ')}`
    writeErr(
      `${key.id} for ${key.subject} (${key.roles.join(', ') || 'no role'}), ${models}. Note the key: it cannot be shown again.\n`,
    )
  }
}
