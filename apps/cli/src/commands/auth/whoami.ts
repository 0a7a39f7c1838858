import type { Elsewhere } from '../../auth/choose-gateway.ts'
import { chooseGateway } from '../../auth/choose-gateway.ts'
import { BaseCommand } from '../../base-command.ts'
import { CliError } from '../../errors/cli-error.ts'
import { gatewayFlags } from '../../gateway-flags.ts'
import { localPaths } from '../../local-paths.ts'
import type { Fact } from '../../output/format-facts.ts'
import { sanitize, toSafeJson } from '../../output/sanitize.ts'
import { writeOut } from '../../output/write.ts'

/** `kt auth whoami`: who is signed in. */
export default class AuthWhoami extends BaseCommand {
  static override summary = 'Show who is signed in.'
  static override description = 'A token in KEEPTRUSTS_API_TOKEN goes before the stored sign-in.'
  static override examples = [
    '<%= config.bin %> auth whoami',
    '<%= config.bin %> auth whoami --json',
    '<%= config.bin %> auth whoami --profile prod',
  ]
  static override flags = gatewayFlags

  async run(): Promise<void> {
    const { flags } = await this.parse(AuthWhoami)
    const gateway = chooseGateway(flags)
    const { fields, facts } =
      gateway.kind === 'here' ? await here(gateway.dataDir) : await elsewhere(gateway)
    if (flags.json) writeOut(`${toSafeJson(fields)}\n`)
    else {
      writeOut(
        facts.map(([label, value]) => `${label.padEnd(6)}  ${sanitize(value ?? '')}\n`).join(''),
      )
    }
  }
}

interface Identity {
  /** For `--json`. */
  readonly fields: Readonly<Record<string, unknown>>
  readonly facts: readonly Fact[]
}

async function here(dataDir: string | undefined): Promise<Identity> {
  const { currentToken, sessionOf } = await import('../../auth/current-session.ts')
  const token = currentToken(localPaths(dataDir))
  if (token === null) {
    throw new CliError({ code: 'not-logged-in', message: 'Nobody is signed in.' })
  }
  const { operator, created, expires } = await sessionOf(token)
  const { id, email, role } = operator
  const since = new Date(created).toISOString()
  const until = new Date(expires).toISOString()
  return {
    fields: { id, email, role, since, expires: until, source: token.source },
    facts: [
      ['E-mail', email],
      ['Role', role],
      ['Since', since],
      ['Until', until],
    ],
  }
}

async function elsewhere(gateway: Elsewhere): Promise<Identity> {
  const { whoAmI } = await import('../../remote/who-am-i.ts')
  const { operator, kind, scopes, expires } = await whoAmI(gateway)
  const { id, email, role } = operator
  return {
    fields: { id, email, role, kind, scopes, expires, source: gateway.source },
    facts: [
      ['E-mail', email],
      ['Role', role],
      ['May', scopes.join(', ')],
      ['Until', expires],
      ['At', gateway.gateway.url],
    ],
  }
}
