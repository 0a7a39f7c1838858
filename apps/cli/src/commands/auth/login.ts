import * as Flags from '@oclif/core/flags'
import type { SignedInElsewhere } from '../../auth/login-elsewhere.ts'
import { TOKEN_VARIABLE } from '../../auth/token-variable.ts'
import { BaseCommand } from '../../base-command.ts'
import { dataDirFlag } from '../../data-dir-flag.ts'
import { sanitize, toSafeJson } from '../../output/sanitize.ts'
import { writeErr, writeOut } from '../../output/write.ts'

/** `kt auth login`: signs the person in to the gateway of this machine, or to one elsewhere. */
export default class AuthLogin extends BaseCommand {
  static override summary = 'Sign in to the gateway of this machine, or to one elsewhere.'
  static override description =
    `The first sign-in on a machine makes its first operator, an admin; it works before any gateway ran.
kt gateway run and kt events list need no sign-in here: file permissions decide.
With --oidc you sign in at the OpenID provider that the gateway names (access.oidc): in a browser, on this machine or any other, where you enter a code. On this machine that needs the gateway to run.
With --gateway the sign-in is to a gateway elsewhere, and becomes the active profile: kt events and kt gateway talk to that gateway from then on.`
  static override examples = [
    '<%= config.bin %> auth login',
    '<%= config.bin %> auth login --email ada@example.com --password-stdin < password-file',
    '<%= config.bin %> auth login --gateway https://gateway.example.com:41002 --ca-file ca.pem --profile prod',
    '<%= config.bin %> auth login --profile prod',
    '<%= config.bin %> auth login --oidc --gateway https://gateway.example.com:41002',
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
    oidc: Flags.boolean({
      description: 'Sign in at the OpenID provider of the gateway, with a code in a browser.',
      exclusive: ['email', 'password', 'password-stdin'],
    }),
    gateway: Flags.string({
      description: 'Address of a gateway elsewhere.',
      helpValue: '<url>',
      exclusive: ['data-dir'],
    }),
    profile: Flags.string({
      description:
        'Name for this sign-in; default: the host of --gateway, or local. With a known name alone: sign in there again.',
      helpValue: '<name>',
    }),
    'ca-file': Flags.string({
      description: "PEM file of the authority that signed the gateway's certificate.",
      helpValue: '<file>',
    }),
    'insecure-http': Flags.boolean({
      description: 'Accept that the password and the token travel unencrypted.',
      dependsOn: ['gateway'],
    }),
    'data-dir': dataDirFlag,
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(AuthLogin)
    const { loginElsewhere } = await import('../../auth/login-elsewhere.ts')
    const elsewhere = await loginElsewhere(flags)
    if (elsewhere !== null) writeOut(elsewhereText(elsewhere, flags.json))
    else {
      const { loginHere } = await import('../../auth/login-here.ts')
      const { email, role, isFirst, expires } = await loginHere(flags)
      const answer = { email, role, first_operator: isFirst, expires }
      writeOut(
        flags.json
          ? `${toSafeJson(answer)}\n`
          : `Signed in as ${email} (${role}) until ${expires.slice(0, 10)}.\n`,
      )
    }
    warnAboutSurroundings()
  }
}

function elsewhereText(signedIn: SignedInElsewhere, json: boolean | undefined): string {
  if (json) return `${toSafeJson(signedIn)}\n`
  const { email, role, url, profile, expires } = signedIn
  const who = `${sanitize(email)} (${sanitize(role)})`
  return `Signed in to ${url} as ${who} until ${sanitize(expires.slice(0, 10))}, as profile ${sanitize(profile)}.\n`
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
