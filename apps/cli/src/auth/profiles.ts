/** The gateway of this machine: `kt` works on its files. */
interface LocalGateway {
  readonly data_dir: string
}

/** A gateway that is asked over the network. */
export interface RemoteGateway {
  /** Without a slash at the end, as in `https://gateway.example.com:41002`. */
  readonly url: string
  /** PEM file of the authority that signed its certificate; absent: those that Node trusts. */
  readonly ca_file?: string
  /** Somebody accepted that passwords and tokens travel unencrypted. */
  readonly insecure_http?: boolean
  /** Verifier key of its log as it was when `kt events verify` first saw it. */
  readonly vkey?: string
}

/** A gateway under a name, and who is signed in to it. */
export interface Profile {
  readonly name: string
  readonly gateway: LocalGateway | RemoteGateway
  readonly email: string | null
  readonly role: string | null
  /** `null` when nobody is signed in. */
  readonly token: string | null
}

/** All profiles of this user. */
export interface Profiles {
  /** Name of the profile that commands use; `null`: the gateway of this machine. */
  readonly active: string | null
  readonly list: readonly Profile[]
}

/** The name that always means the gateway of this machine, also when nobody is signed in to it. */
export const localName = 'local'

export const noProfiles: Profiles = { active: null, list: [] }

export function isRemote(gateway: Profile['gateway']): gateway is RemoteGateway {
  return 'url' in gateway
}

export function profileNamed({ list }: Profiles, name: string): Profile | null {
  return list.find((profile) => profile.name === name) ?? null
}

/** Adds a profile, or replaces the one of its name, and makes it the active one. */
export function withActive(profiles: Profiles, profile: Profile): Profiles {
  return { active: profile.name, list: withProfile(profiles, profile).list }
}

/** Adds a profile, or replaces the one of its name. */
export function withProfile({ active, list }: Profiles, profile: Profile): Profiles {
  const others = list.filter(({ name }) => name !== profile.name)
  return { active, list: [...others, profile].sort((a, b) => (a.name < b.name ? -1 : 1)) }
}

/** Takes a profile away; the gateway of this machine becomes the active one when it was. */
export function withoutProfile({ active, list }: Profiles, name: string): Profiles {
  return {
    active: active === name ? null : active,
    list: list.filter((profile) => profile.name !== name),
  }
}

/** E-mail of who is signed in to the gateway of a data folder on this machine, or `null`. */
export function signedInTo({ list }: Profiles, dataDir: string): string | null {
  const found = list.find(({ gateway, token }) => {
    return token !== null && 'data_dir' in gateway && gateway.data_dir === dataDir
  })
  return found?.email ?? null
}
