import * as Args from '@oclif/core/args'
import { unknownProfile } from '../../../auth/choose-gateway.ts'
import { localName, profileNamed } from '../../../auth/profiles.ts'
import { PROFILE_VARIABLE, URL_VARIABLE } from '../../../auth/token-variable.ts'
import { BaseCommand } from '../../../base-command.ts'
import { localPaths } from '../../../local-paths.ts'
import { toSafeJson } from '../../../output/sanitize.ts'
import { writeErr, writeOut } from '../../../output/write.ts'

/** `kt auth profile use`: chooses the gateway that commands talk to. */
export default class AuthProfileUse extends BaseCommand {
  static override summary = 'Choose the gateway that kt talks to.'
  static override description =
    '"local" is the gateway of this machine. --profile and KEEPTRUSTS_PROFILE choose for one command or one shell.'
  static override args = {
    name: Args.string({ description: 'A name of kt auth profile list.', required: true }),
  }
  static override examples = [
    '<%= config.bin %> auth profile use prod',
    '<%= config.bin %> auth profile use local',
  ]

  async run(): Promise<void> {
    const { args, flags } = await this.parse(AuthProfileUse)
    const { readProfiles, writeProfiles } = await import('../../../auth/credentials-file.ts')
    const { credentials } = localPaths(undefined)
    const profiles = readProfiles(credentials)
    const isKnown = profileNamed(profiles, args.name) !== null
    if (!isKnown && args.name !== localName) throw unknownProfile(args.name)
    const active = isKnown ? args.name : null
    if (active !== profiles.active) writeProfiles(credentials, { ...profiles, active })
    if (flags.json) writeOut(`${toSafeJson({ active: args.name })}\n`)
    else writeOut(`kt talks to ${args.name} from now on.\n`)
    for (const variable of [URL_VARIABLE, PROFILE_VARIABLE]) {
      if (process.env[variable]) writeErr(`warning: ${variable} is set and goes before this.\n`)
    }
  }
}
