import type { Authenticated } from '@keeptrusts/access'
import { withAccessStore } from '../access/access-folder.ts'
import { CliError } from '../errors/cli-error.ts'
import type { LocalPaths } from '../local-paths.ts'
import { readProfiles } from './credentials-file.ts'
import type { Profile } from './profiles.ts'
import { TOKEN_VARIABLE } from './token-variable.ts'

/** A token, and where it is from. */
export interface Token {
  readonly token: string
  readonly source: 'environment' | 'file'
  /** Data folder of the gateway it belongs to. */
  readonly dataDir: string
}

/**
 * The token of whoever runs this command, for a gateway of this machine: from the environment, else from the stored sign-in;
 * `null` when there is none.
 */
export function currentToken(paths: LocalPaths): Token | null {
  const fromEnvironment = process.env[TOKEN_VARIABLE]
  if (fromEnvironment) {
    return { token: fromEnvironment, source: 'environment', dataDir: paths.dataDir }
  }
  const found = localSignIn(paths)
  return found && { token: found.token, source: 'file', dataDir: found.dataDir }
}

/** Who is signed in to a gateway of this machine. */
interface LocalSignIn {
  readonly profile: Profile
  readonly token: string
  readonly dataDir: string
}

/** The stored sign-in to the gateway of this data folder, else the active one, else any to a gateway of this machine. */
function localSignIn({ credentials, dataDir }: LocalPaths): LocalSignIn | null {
  const { list, active } = readProfiles(credentials)
  const found = list.flatMap((profile) => {
    const { gateway, token } = profile
    return 'data_dir' in gateway && token !== null
      ? [{ profile, token, dataDir: gateway.data_dir }]
      : []
  })
  return (
    found.find((one) => one.dataDir === dataDir) ??
    found.find(({ profile }) => profile.name === active) ??
    found[0] ??
    null
  )
}

/** Whose session or API token this is. Throws `CliError`: `session-expired` when the gateway does not know it, or no longer. */
export async function sessionOf(token: Token): Promise<Authenticated> {
  const known = await withAccessStore(token.dataDir, (store) => store.authenticate(token.token))
  if (known) return known
  throw new CliError({
    code: 'session-expired',
    message: 'The session has expired, was revoked, or belongs to another gateway.',
    where: token.source === 'environment' ? TOKEN_VARIABLE : token.dataDir,
    suggestion:
      token.source === 'environment'
        ? `Give a valid token in ${TOKEN_VARIABLE}, or unset it and run kt auth login.`
        : 'Run kt auth login again, with --oidc if you sign in at an OpenID provider.',
  })
}
