import { chooseGateway } from '../../auth/choose-gateway.ts'
import type { SignInStatus } from '../../auth/sign-in-status.ts'
import { BaseCommand } from '../../base-command.ts'
import { gatewayFlags } from '../../gateway-flags.ts'
import { formatFacts } from '../../output/format-facts.ts'
import { toSafeJson } from '../../output/sanitize.ts'
import { writeOut } from '../../output/write.ts'

/** `kt auth status`: which gateway commands talk to, and as whom. */
export default class AuthStatus extends BaseCommand {
  static override summary = 'Show which gateway kt talks to, as whom, and whether it answers.'
  static override description =
    'Exit code 1: nobody is signed in there, the session has ended, or a gateway elsewhere does not answer.'
  static override examples = [
    '<%= config.bin %> auth status',
    '<%= config.bin %> auth status --profile prod --json',
  ]
  static override flags = gatewayFlags

  async run(): Promise<void> {
    const { flags } = await this.parse(AuthStatus)
    const { signInStatus } = await import('../../auth/sign-in-status.ts')
    const status = await signInStatus(chooseGateway(flags))
    if (!status.signed_in) process.exitCode = 1
    if (flags.json) writeOut(`${toSafeJson(status)}\n`)
    else writeOut(`${formatFacts(factsOf(status)).join('\n')}\n`)
  }
}

function factsOf(status: SignInStatus): Parameters<typeof formatFacts>[0] {
  const { profile, gateway, email, role, expires, answers, problem } = status
  return [
    ['Profile', profile ?? 'none (KEEPTRUSTS_API_URL)'],
    ['Gateway', 'url' in gateway ? gateway.url : `this machine, ${gateway.data_dir}`],
    ['E-mail', email ?? 'nobody is signed in'],
    ['Role', role],
    ['Until', expires],
    ['Answers', answers ? 'yes' : 'no'],
    ['Problem', problem],
  ]
}
