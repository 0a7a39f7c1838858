import { resolve } from 'node:path'
import { CliError } from '../errors/cli-error.ts'
import { localPaths } from '../local-paths.ts'
import { writeErr } from '../output/write.ts'
import { anonymousClient } from '../remote/remote-client.ts'
import type { LoginFlags } from './ask-credentials.ts'
import { askCredentials } from './ask-credentials.ts'
import type { Elsewhere } from './choose-gateway.ts'
import { unknownProfile } from './choose-gateway.ts'
import { readProfiles, writeProfiles } from './credentials-file.ts'
import { gatewayAddress, isUnencrypted } from './gateway-address.ts'
import type { Profile, RemoteGateway } from './profiles.ts'
import { isRemote, localName, profileNamed, withActive } from './profiles.ts'
import type { SessionAnswer } from './session-answer.ts'

export interface RemoteLoginFlags extends LoginFlags {
  readonly gateway?: string | undefined
  readonly profile?: string | undefined
  readonly 'data-dir'?: string | undefined
  readonly 'ca-file'?: string | undefined
  readonly 'insecure-http': boolean
  /** Sign in at the OpenID provider of the gateway. */
  readonly oidc: boolean
  readonly json?: boolean | undefined
}

/** Who signed in, where, until when. */
export interface SignedInElsewhere {
  readonly profile: string
  readonly url: string
  readonly email: string
  readonly role: string
  /** RFC 3339, UTC. */
  readonly expires: string
}

/**
 * Signs in to the gateway that the flags mean, and makes it the active profile; `null` when they mean the gateway of this machine.
 * Throws `CliError`.
 */
export async function loginElsewhere(flags: RemoteLoginFlags): Promise<SignedInElsewhere | null> {
  const place = gatewayOf(flags)
  if (place === null) return null
  warnUnencrypted(place.gateway)
  const session = await signIn(place, flags)
  const { token, operator, expires } = session
  const { credentials } = localPaths(undefined)
  const { email, role } = operator
  const profile = { name: place.name, gateway: place.gateway, email, role, token }
  writeProfiles(credentials, withActive(readProfiles(credentials), profile))
  return { profile: place.name, url: place.gateway.url, email, role, expires }
}

interface Place {
  readonly name: string
  readonly gateway: RemoteGateway
}

/** A gateway by its address, or by the profile that knows it. */
function gatewayOf(flags: RemoteLoginFlags): Place | null {
  const caFile = flags['ca-file']
  const profiles = readProfiles(localPaths(undefined).credentials)
  const ca = caFile === undefined ? {} : { ca_file: resolve(caFile) }
  if (flags.gateway !== undefined) {
    const insecure = flags['insecure-http']
    const url = gatewayAddress(flags.gateway, { where: '--gateway', insecureHttp: insecure })
    const name = flags.profile ?? new URL(url).hostname.replace(/^\[|\]$/g, '')
    if (name === localName) throw reservedName()
    const vkey = rememberedKey(profileNamed(profiles, name), url)
    return { name, gateway: { url, ...ca, ...vkey, ...(insecure && { insecure_http: true }) } }
  }
  if (flags.profile === undefined || flags['data-dir'] !== undefined) return null
  const known = profileNamed(profiles, flags.profile)
  // Whoever mistypes a name must not become an operator of this machine instead.
  if (known === null && flags.profile !== localName) throw unknownProfile(flags.profile)
  if (known === null || !isRemote(known.gateway)) return null
  return { name: known.name, gateway: { ...known.gateway, ...ca } }
}

/** Signing in again is no reason to believe in another log. */
function rememberedKey(profile: Profile | null, url: string): { readonly vkey?: string } {
  if (profile === null || !isRemote(profile.gateway) || profile.gateway.url !== url) return {}
  const { vkey } = profile.gateway
  return vkey === undefined ? {} : { vkey }
}

async function signIn({ gateway, name }: Place, flags: RemoteLoginFlags): Promise<SessionAnswer> {
  const elsewhere: Elsewhere = {
    kind: 'elsewhere',
    profile: name,
    gateway,
    token: null,
    source: 'file',
  }
  const client = anonymousClient(elsewhere)
  const post = async (path: string, body: Readonly<Record<string, unknown>>) =>
    (await client.ask('POST', path, body)) as unknown as SessionAnswer
  try {
    // First of all, so that nobody types a password for an address that is wrong.
    const methods = await client.ask('GET', 'auth/methods')
    if (flags.oidc) {
      const { signInAtProvider } = await import('./oidc/sign-in-at-provider.ts')
      const signIn = (idToken: string) => post('auth/oidc', { id_token: idToken })
      return await signInAtProvider({ methods, signIn }, { json: flags.json === true })
    }
    const { email, password } = await askCredentials(flags, { isNew: false })
    return await post('auth/login', { email, password })
  } finally {
    client.close()
  }
}

function warnUnencrypted({ url }: RemoteGateway): void {
  if (isUnencrypted(new URL(url))) {
    writeErr(
      `warning: ${url} is not encrypted: everybody on the way can read the password, the token and what is shown.\n`,
    )
  }
}

function reservedName(): CliError {
  return new CliError({
    code: 'bad-flag',
    message: `"${localName}" is the name of the gateway of this machine.`,
    where: '--profile',
    suggestion: 'Choose another name.',
  })
}
