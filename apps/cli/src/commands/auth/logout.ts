import type { Profile } from '../../auth/profiles.ts'
import {
  isRemote,
  localName,
  profileNamed,
  withoutProfile,
  withProfile,
} from '../../auth/profiles.ts'
import { PROFILE_VARIABLE, TOKEN_VARIABLE } from '../../auth/token-variable.ts'
import { BaseCommand } from '../../base-command.ts'
import { CliError } from '../../errors/cli-error.ts'
import { profileFlag } from '../../gateway-flags.ts'
import { localPaths } from '../../local-paths.ts'
import { sanitize, toSafeJson } from '../../output/sanitize.ts'
import { writeErr, writeOut } from '../../output/write.ts'

/** `kt auth logout`: ends the session on the gateway and forgets it here. */
export default class AuthLogout extends BaseCommand {
  static override summary = 'Sign out: end the session and forget its token.'
  static override description =
    'The token stops working at once, also for copies of it. The profile of a gateway elsewhere stays, with its address and without a token.'
  static override examples = [
    '<%= config.bin %> auth logout',
    '<%= config.bin %> auth logout --profile prod',
  ]
  static override flags = { profile: profileFlag }

  async run(): Promise<void> {
    const { flags } = await this.parse(AuthLogout)
    const { readProfiles, writeProfiles } = await import('../../auth/credentials-file.ts')
    const { credentials } = localPaths(undefined)
    const profiles = readProfiles(credentials)
    const chosen = flags.profile ?? (process.env[PROFILE_VARIABLE] || undefined)
    const profile = profileNamed(profiles, chosen ?? profiles.active ?? localName)
    if (profile === null || profile.token === null) throw nobody()
    // Revoke first: when that fails the file stays, and the command can be repeated.
    const revoked = await revoke(profile, profile.token)
    const left = isRemote(profile.gateway)
      ? withProfile(profiles, { ...profile, token: null })
      : withoutProfile(profiles, profile.name)
    writeProfiles(credentials, left)
    const { email } = profile
    if (flags.json) writeOut(`${toSafeJson({ email, revoked })}\n`)
    else writeOut(`Signed out ${sanitize(email ?? profile.name)}.\n`)
    if (process.env[TOKEN_VARIABLE]) {
      writeErr(`warning: ${TOKEN_VARIABLE} is still set and still works.\n`)
    }
  }
}

/** Whether the session was valid until now. */
async function revoke({ name, gateway }: Profile, token: string): Promise<boolean> {
  if (isRemote(gateway)) {
    const { endSession } = await import('../../remote/end-session.ts')
    return endSession({ kind: 'elsewhere', profile: name, gateway, token, source: 'file' })
  }
  const { withAccessStore } = await import('../../access/access-folder.ts')
  const done = await withAccessStore(gateway.data_dir, (store) => store.revokeSession(token))
  return done ?? false
}

function nobody(): CliError {
  return new CliError({
    code: 'not-logged-in',
    message: 'Nobody is signed in.',
    suggestion: 'There is nothing to do.',
  })
}
