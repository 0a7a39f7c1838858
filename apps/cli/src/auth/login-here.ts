import { openAccessStore } from '@keeptrusts/access'
import { controlClient } from '../control/control-client.ts'
import { CliError } from '../errors/cli-error.ts'
import { localPaths } from '../local-paths.ts'
import { writeErr } from '../output/write.ts'
import type { LoginFlags } from './ask-credentials.ts'
import { askCredentials } from './ask-credentials.ts'
import { readProfiles, writeProfiles } from './credentials-file.ts'
import { localName, withActive } from './profiles.ts'
import type { SessionAnswer } from './session-answer.ts'

interface LocalLoginFlags extends LoginFlags {
  readonly profile?: string | undefined
  readonly 'data-dir'?: string | undefined
  /** Sign in at the OpenID provider of the gateway that runs here. */
  readonly oidc: boolean
  readonly json?: boolean | undefined
}

/** Who signed in to the gateway of this machine. */
interface SignedInHere {
  readonly email: string
  readonly role: string
  /** Whether this made the first operator. */
  readonly isFirst: boolean
  /** RFC 3339, UTC. */
  readonly expires: string
}

/**
 * Signs in to the gateway of this machine, on its access store (decision K2) or at the provider of the gateway that runs, and makes that
 * the active profile. The first person with a password becomes its first operator. Throws `CliError` and `AccessError`.
 */
export async function loginHere(flags: LocalLoginFlags): Promise<SignedInHere> {
  const { dataDir, credentials } = localPaths(flags['data-dir'])
  const { isFirst, session } = flags.oidc
    ? { isFirst: false, session: await atProvider(dataDir, flags) }
    : await withPassword(dataDir, flags)
  const { token, operator, expires } = session
  const { email, role } = operator
  const name = flags.profile ?? localName
  const profile = { name, gateway: { data_dir: dataDir }, email, role, token }
  writeProfiles(credentials, withActive(readProfiles(credentials), profile))
  return { email, role, isFirst, expires }
}

async function withPassword(
  dataDir: string,
  flags: LocalLoginFlags,
): Promise<{ readonly isFirst: boolean; readonly session: SessionAnswer }> {
  const store = openAccessStore({ dir: dataDir })
  try {
    const isFirst = !store.hasOperators()
    if (isFirst && process.stdin.isTTY) {
      writeErr(
        'Nobody has signed in on this machine yet: you become its first operator, an admin.\n',
      )
    }
    const typed = await askCredentials(flags, { isNew: isFirst })
    if (isFirst) await store.createFirstOperator(typed)
    const { expires, ...session } = await store.login(typed.email, typed.password)
    return { isFirst, session: { ...session, expires: new Date(expires).toISOString() } }
  } finally {
    store.close()
  }
}

/** The gateway knows its provider and checks what comes from there: `kt` by itself cannot. */
async function atProvider(dataDir: string, { json }: LocalLoginFlags): Promise<SessionAnswer> {
  const client = await controlClient(dataDir)
  if (client === null) throw noGateway(dataDir)
  const methods = await client.signInMethods()
  const { signInAtProvider } = await import('./oidc/sign-in-at-provider.ts')
  return signInAtProvider({ methods, signIn: client.signInWith }, { json: json === true })
}

function noGateway(dataDir: string): CliError {
  return new CliError({
    code: 'gateway-unreachable',
    message: 'Signing in at a provider needs the gateway, and none runs with this data folder.',
    where: dataDir,
    suggestion:
      'Start it with kt gateway run, give --gateway URL for one elsewhere, or sign in with a password.',
  })
}
