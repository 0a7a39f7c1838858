import { toFailure } from '../errors/to-failure.ts'
import { localPaths } from '../local-paths.ts'
import type { ChosenGateway, Elsewhere, Here } from './choose-gateway.ts'
import { localName } from './profiles.ts'

/** What `kt auth status --json` prints. */
export interface SignInStatus {
  /** `null` when the environment names the gateway. */
  readonly profile: string | null
  readonly gateway: { readonly url: string } | { readonly data_dir: string }
  /** Whether the gateway takes the token. */
  readonly signed_in: boolean
  readonly email: string | null
  readonly role: string | null
  /** RFC 3339, UTC. */
  readonly expires: string | null
  /** Whether a gateway runs there. On this machine most commands need none. */
  readonly answers: boolean
  /** Why nobody is signed in, in a sentence. */
  readonly problem: string | null
}

/** Looks which gateway was chosen, whether it answers, and whom it sees. Throws only for a broken installation. */
export function signInStatus(chosen: ChosenGateway): Promise<SignInStatus> {
  return chosen.kind === 'here' ? statusHere(chosen) : statusElsewhere(chosen)
}

const nobody = { signed_in: false, email: null, role: null, expires: null }

async function statusHere({ dataDir, profile }: Here): Promise<SignInStatus> {
  const { currentToken, sessionOf } = await import('./current-session.ts')
  const { controlClient } = await import('../control/control-client.ts')
  const paths = localPaths(dataDir)
  const token = currentToken(paths)
  const folder = token?.dataDir ?? paths.dataDir
  const common = {
    profile: profile?.name ?? localName,
    gateway: { data_dir: folder },
    answers: (await controlClient(folder)) !== null,
  }
  if (token === null) return { ...common, ...nobody, problem: 'Nobody is signed in.' }
  try {
    const { operator, expires } = await sessionOf(token)
    const { email, role } = operator
    const until = new Date(expires).toISOString()
    return { ...common, signed_in: true, email, role, expires: until, problem: null }
  } catch (error) {
    return { ...common, ...nobody, problem: toFailure(error).message }
  }
}

async function statusElsewhere(elsewhere: Elsewhere): Promise<SignInStatus> {
  const { whoAmI } = await import('../remote/who-am-i.ts')
  const common = { profile: elsewhere.profile, gateway: { url: elsewhere.gateway.url } }
  try {
    const { operator, expires } = await whoAmI(elsewhere)
    const { email, role } = operator
    return { ...common, signed_in: true, email, role, expires, answers: true, problem: null }
  } catch (error) {
    const { code, message } = toFailure(error)
    return { ...common, ...nobody, answers: code === 'session-expired', problem: message }
  }
}
