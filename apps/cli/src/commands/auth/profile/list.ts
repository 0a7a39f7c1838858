import type { Profile } from '../../../auth/profiles.ts'
import { isRemote, localName } from '../../../auth/profiles.ts'
import { BaseCommand } from '../../../base-command.ts'
import { localPaths } from '../../../local-paths.ts'
import { sanitize, toSafeJson } from '../../../output/sanitize.ts'
import { formatTable } from '../../../output/table.ts'
import { writeOut } from '../../../output/write.ts'

/** `kt auth profile list`: the gateways that were signed in to. */
export default class AuthProfileList extends BaseCommand {
  static override summary = 'List the gateways that you signed in to.'
  static override examples = [
    '<%= config.bin %> auth profile list',
    '<%= config.bin %> auth profile list --json',
  ]

  async run(): Promise<void> {
    const { flags } = await this.parse(AuthProfileList)
    const { readProfiles } = await import('../../../auth/credentials-file.ts')
    const { active, list } = readProfiles(localPaths(undefined).credentials)
    const rows = withLocal(list).map((profile) => ({
      name: profile.name,
      active: profile.name === (active ?? localName),
      gateway: isRemote(profile.gateway) ? profile.gateway.url : profile.gateway.data_dir,
      email: profile.email,
      role: profile.role,
      signed_in: profile.token !== null,
    }))
    if (flags.json) writeOut(`${toSafeJson(rows, 2)}\n`)
    else writeOut(formatTable(columns, rows.map(cellsOf)))
  }
}

const columns = ['', 'NAME', 'GATEWAY', 'E-MAIL', 'ROLE'].map((title) => ({ title }))

interface Row {
  readonly name: string
  readonly active: boolean
  readonly gateway: string
  readonly email: string | null
  readonly role: string | null
  readonly signed_in: boolean
}

function cellsOf({ name, active, gateway, email, role, signed_in }: Row): readonly string[] {
  const who = signed_in ? (email ?? '') : 'signed out'
  return [active ? '*' : '', name, gateway, who, role ?? ''].map(sanitize)
}

/** The gateway of this machine can be used without a sign-in. */
function withLocal(list: readonly Profile[]): readonly Profile[] {
  if (list.some(({ name }) => name === localName)) return list
  const gateway = { data_dir: localPaths(undefined).dataDir }
  return [{ name: localName, gateway, email: null, role: null, token: null }, ...list]
}
