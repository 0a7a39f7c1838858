import * as Args from '@oclif/core/args'
import { unknownProfile } from '../../../auth/choose-gateway.ts'
import { profileNamed, withoutProfile } from '../../../auth/profiles.ts'
import { BaseCommand } from '../../../base-command.ts'
import { localPaths } from '../../../local-paths.ts'
import { toSafeJson } from '../../../output/sanitize.ts'
import { writeErr, writeOut } from '../../../output/write.ts'

/** `kt auth profile remove`: forgets a gateway. */
export default class AuthProfileRemove extends BaseCommand {
  static override summary = 'Forget a gateway: its address, its token and the key of its log.'
  static override description =
    'Asks nothing of the gateway, so that it works for one that is gone. To end the session there as well, run kt auth logout before.'
  static override args = {
    name: Args.string({ description: 'A name of kt auth profile list.', required: true }),
  }
  static override examples = ['<%= config.bin %> auth profile remove old-gateway']

  async run(): Promise<void> {
    const { args, flags } = await this.parse(AuthProfileRemove)
    const { readProfiles, writeProfiles } = await import('../../../auth/credentials-file.ts')
    const { credentials } = localPaths(undefined)
    const profiles = readProfiles(credentials)
    const profile = profileNamed(profiles, args.name)
    if (profile === null) throw unknownProfile(args.name)
    writeProfiles(credentials, withoutProfile(profiles, args.name))
    if (flags.json) writeOut(`${toSafeJson({ removed: args.name })}\n`)
    else writeOut(`Forgot ${args.name}.\n`)
    if (profile.token !== null) {
      writeErr('Its session was not ended: the token works until it expires.\n')
    }
  }
}
