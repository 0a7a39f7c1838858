import { TOKEN_VARIABLE } from '../../auth/token-variable.ts'
import { BaseCommand } from '../../base-command.ts'
import { CliError } from '../../errors/cli-error.ts'
import { localPaths } from '../../local-paths.ts'
import { sanitize, toSafeJson } from '../../output/sanitize.ts'
import { writeErr, writeOut } from '../../output/write.ts'

/** `kt auth logout`: ends the session on the gateway and forgets it here. */
export default class AuthLogout extends BaseCommand {
  static override summary = 'Sign out: end the session and forget its token.'
  static override description = 'The token stops working at once, also for copies of it.'
  static override examples = ['<%= config.bin %> auth logout']

  async run(): Promise<void> {
    const { flags } = await this.parse(AuthLogout)
    const { readCredentials, removeCredentials } = await import('../../auth/credentials-file.ts')
    const { withAccessStore } = await import('../../auth/current-session.ts')
    const { credentials } = localPaths(undefined)
    const stored = readCredentials(credentials)
    if (stored === null) {
      throw new CliError({
        code: 'not-logged-in',
        message: 'Nobody is signed in.',
        suggestion: 'There is nothing to do.',
      })
    }
    const { token, data_dir, email } = stored
    // Revoke first: when that fails the file stays, and the command can be repeated.
    const revoked =
      (await withAccessStore(data_dir, (store) => store.revokeSession(token))) ?? false
    removeCredentials(credentials)
    if (flags.json) writeOut(`${toSafeJson({ email, revoked })}\n`)
    else writeOut(`Signed out ${sanitize(email)}.\n`)
    if (process.env[TOKEN_VARIABLE]) {
      writeErr(`warning: ${TOKEN_VARIABLE} is still set and still works.\n`)
    }
  }
}
