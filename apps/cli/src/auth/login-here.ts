import { openAccessStore } from '@keeptrusts/access'
import { localPaths } from '../local-paths.ts'
import { writeErr } from '../output/write.ts'
import type { LoginFlags } from './ask-credentials.ts'
import { askCredentials } from './ask-credentials.ts'
import { readProfiles, writeProfiles } from './credentials-file.ts'
import { localName, withActive } from './profiles.ts'

interface LocalLoginFlags extends LoginFlags {
  readonly profile?: string | undefined
  readonly 'data-dir'?: string | undefined
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
 * Signs in to the gateway of this machine, on its access store (decision K2), and makes that the active profile. The first person becomes
 * its first operator. Throws `CliError` and `AccessError`.
 */
export async function loginHere(flags: LocalLoginFlags): Promise<SignedInHere> {
  const { dataDir, credentials } = localPaths(flags['data-dir'])
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
    const { token, operator, expires } = await store.login(typed.email, typed.password)
    const { email, role } = operator
    const name = flags.profile ?? localName
    const profile = { name, gateway: { data_dir: dataDir }, email, role, token }
    writeProfiles(credentials, withActive(readProfiles(credentials), profile))
    return { email, role, isFirst, expires: new Date(expires).toISOString() }
  } finally {
    store.close()
  }
}
