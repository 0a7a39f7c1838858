import * as Flags from '@oclif/core/flags'
import { TOKEN_VARIABLE } from '../../auth/token-variable.ts'
import { BaseCommand } from '../../base-command.ts'
import { dataDirFlag } from '../../data-dir-flag.ts'
import { localPaths } from '../../local-paths.ts'
import { toSafeJson } from '../../output/sanitize.ts'
import { writeErr, writeOut } from '../../output/write.ts'

/** `kt auth login`: signs the person in to the gateway of this machine; the first one becomes its admin. */
export default class AuthLogin extends BaseCommand {
  static override summary = 'Sign in to the gateway of this machine.'
  static override description =
    `The first sign-in on a machine makes its first operator, an admin; it works before any gateway ran.
kt gateway run and kt events list need no sign-in here: file permissions decide.`
  static override examples = [
    '<%= config.bin %> auth login',
    '<%= config.bin %> auth login --email ada@example.com --password-stdin < password-file',
  ]
  static override flags = {
    email: Flags.string({ description: 'Your e-mail address; asked for when absent.' }),
    'password-stdin': Flags.boolean({
      description: 'Read the password from standard input.',
      exclusive: ['password'],
    }),
    password: Flags.string({
      description: 'The password; others can see it in the process list: prefer --password-stdin.',
    }),
    'data-dir': dataDirFlag,
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(AuthLogin)
    const paths = localPaths(flags['data-dir'])
    const { askCredentials } = await import('../../auth/ask-credentials.ts')
    const { writeCredentials } = await import('../../auth/credentials-file.ts')
    const { openAccessStore } = await import('@keeptrusts/access')
    const store = openAccessStore({ dir: paths.dataDir })
    try {
      const isFirst = !store.hasOperators()
      if (isFirst && process.stdin.isTTY) {
        writeErr(
          'Nobody has signed in on this machine yet: you become its first operator, an admin.\n',
        )
      }
      const { email, password } = await askCredentials(flags, { isNew: isFirst })
      if (isFirst) await store.createFirstOperator({ email, password })
      const { token, operator, expires } = await store.login(email, password)
      writeCredentials(paths.credentials, {
        email: operator.email,
        data_dir: paths.dataDir,
        token,
      })
      const until = new Date(expires).toISOString()
      if (flags.json) {
        const { email, role } = operator
        writeOut(`${toSafeJson({ email, role, first_operator: isFirst, expires: until })}\n`)
      } else {
        writeOut(`Signed in as ${operator.email} (${operator.role}) until ${until.slice(0, 10)}.\n`)
      }
      warnAboutSurroundings()
    } finally {
      store.close()
    }
  }
}

function warnAboutSurroundings(): void {
  if (process.env[TOKEN_VARIABLE]) {
    writeErr(
      `warning: ${TOKEN_VARIABLE} is set and goes before this sign-in; unset it to use this one.\n`,
    )
  }
  if (process.platform === 'win32') {
    writeErr(
      'warning: file permissions are not checked on Windows; keep the data and config folders in your own profile.\n',
    )
  }
}
