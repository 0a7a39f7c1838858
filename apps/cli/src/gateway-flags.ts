import * as Flags from '@oclif/core/flags'
import { dataDirFlag } from './data-dir-flag.ts'

/** `--local`: this machine's gateway, whichever profile is active. */
export const localFlag = Flags.boolean({
  description: 'The gateway of this machine, also when another profile is active.',
})

/** `--profile`: a gateway by the name it was signed in to. */
export const profileFlag = Flags.string({
  description:
    'Profile of the gateway to talk to; default $KEEPTRUSTS_PROFILE, or the one of kt auth profile use.',
  helpValue: '<name>',
  exclusive: ['local', 'data-dir'],
})

/** Which gateway a command talks to. */
export const gatewayFlags = {
  'data-dir': dataDirFlag,
  local: localFlag,
  profile: profileFlag,
}
