import { BaseCommand } from '../../base-command.ts'
import { dataDirFlag } from '../../data-dir-flag.ts'
import { CliError } from '../../errors/cli-error.ts'
import { localPaths } from '../../local-paths.ts'
import { sanitize, toSafeJson } from '../../output/sanitize.ts'
import { writeOut } from '../../output/write.ts'

/** `kt auth whoami`: who is signed in. */
export default class AuthWhoami extends BaseCommand {
  static override summary = 'Show who is signed in.'
  static override description = 'A token in KEEPTRUSTS_API_TOKEN goes before the stored sign-in.'
  static override examples = [
    '<%= config.bin %> auth whoami',
    '<%= config.bin %> auth whoami --json',
  ]
  static override flags = { 'data-dir': dataDirFlag }

  async run(): Promise<void> {
    const { flags } = await this.parse(AuthWhoami)
    const { currentToken, sessionOf } = await import('../../auth/current-session.ts')
    const token = currentToken(localPaths(flags['data-dir']))
    if (token === null) {
      throw new CliError({ code: 'not-logged-in', message: 'Nobody is signed in.' })
    }
    const { operator, created, expires } = await sessionOf(token)
    const since = new Date(created).toISOString()
    const until = new Date(expires).toISOString()
    if (flags.json) {
      const { id, email, role } = operator
      writeOut(`${toSafeJson({ id, email, role, since, expires: until, source: token.source })}\n`)
      return
    }
    const lines = [
      ['E-mail', operator.email],
      ['Role', operator.role],
      ['Since', since],
      ['Until', until],
    ]
    writeOut(
      lines.map(([label, value]) => `${label?.padEnd(6)}  ${sanitize(value ?? '')}\n`).join(''),
    )
  }
}
