import { CliError } from '../errors/cli-error.ts'
import { localPaths } from '../local-paths.ts'
import { readProfiles } from './credentials-file.ts'
import { gatewayAddress } from './gateway-address.ts'
import type { Profile, RemoteGateway } from './profiles.ts'
import { isRemote, localName, profileNamed } from './profiles.ts'
import { PROFILE_VARIABLE, TOKEN_VARIABLE, URL_VARIABLE } from './token-variable.ts'

/** A gateway elsewhere and what is shown to it. */
export interface Elsewhere {
  readonly kind: 'elsewhere'
  /** `null` when the environment names the gateway. */
  readonly profile: string | null
  readonly gateway: RemoteGateway
  readonly token: string | null
  readonly source: 'environment' | 'file'
}

/** The gateway of this machine. */
export interface Here {
  readonly kind: 'here'
  /** As `--data-dir` says it; `undefined` for the usual folder. */
  readonly dataDir: string | undefined
  /** The profile that was chosen by name; `null` when nobody chose one. */
  readonly profile: Profile | null
}

export type ChosenGateway = Elsewhere | Here

export interface GatewayChoice {
  readonly 'data-dir'?: string | undefined
  readonly local?: boolean | undefined
  readonly profile?: string | undefined
}

/**
 * Which gateway a command talks to: `--data-dir` and `--local` mean this machine; then come `--profile`, `KEEPTRUSTS_API_URL`,
 * `KEEPTRUSTS_PROFILE`, and the active profile. Throws `CliError`: `profile-unknown`, `bad-flag`, `insecure-http`.
 */
export function chooseGateway(choice: GatewayChoice): ChosenGateway {
  const dataDir = choice['data-dir']
  if (dataDir !== undefined || choice.local) return { kind: 'here', dataDir, profile: null }
  const url = process.env[URL_VARIABLE]
  if (choice.profile === undefined && url) return ofEnvironment(url)
  const profiles = readProfiles(localPaths(undefined).credentials)
  const named = choice.profile ?? (process.env[PROFILE_VARIABLE] || undefined)
  const name = named ?? profiles.active ?? localName
  const profile = profileNamed(profiles, name)
  if (profile === null && name !== localName) throw unknownProfile(name)
  if (profile !== null && isRemote(profile.gateway)) return ofProfile(profile, profile.gateway)
  // Whoever chose nothing gets the usual folder, wherever the last sign-in on this machine was.
  const chosen = named !== undefined && profile !== null && 'data_dir' in profile.gateway
  return { kind: 'here', dataDir: chosen ? folderOf(profile) : undefined, profile }
}

function folderOf({ gateway }: Profile): string | undefined {
  return 'data_dir' in gateway ? gateway.data_dir : undefined
}

function ofEnvironment(url: string): Elsewhere {
  const address = gatewayAddress(url, { where: URL_VARIABLE, insecureHttp: false })
  const token = process.env[TOKEN_VARIABLE] || null
  return {
    kind: 'elsewhere',
    profile: null,
    gateway: { url: address },
    token,
    source: 'environment',
  }
}

function ofProfile({ name, token }: Profile, gateway: RemoteGateway): Elsewhere {
  const given = process.env[TOKEN_VARIABLE]
  return {
    kind: 'elsewhere',
    profile: name,
    gateway,
    token: given || token,
    source: given ? 'environment' : 'file',
  }
}

/** What is thrown for a name that no profile has. */
export function unknownProfile(name: string): CliError {
  return new CliError({
    code: 'profile-unknown',
    message: `There is no profile "${name}".`,
    suggestion:
      'See which there are with kt auth profile list, or make it with kt auth login --gateway URL --profile NAME.',
  })
}
