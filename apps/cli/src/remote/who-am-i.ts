import type { Elsewhere } from '../auth/choose-gateway.ts'
import { remoteClient } from './remote-client.ts'

/** Whose token a gateway elsewhere sees. */
export interface RemoteIdentity {
  readonly operator: { readonly id: string; readonly email: string; readonly role: string }
  readonly kind: 'session' | 'token'
  readonly scopes: readonly string[]
  /** RFC 3339, UTC. */
  readonly expires: string
}

/** Asks a gateway elsewhere who its caller is. Throws `CliError`. */
export async function whoAmI(elsewhere: Elsewhere): Promise<RemoteIdentity> {
  const client = remoteClient(elsewhere)
  try {
    return (await client.ask('GET', 'auth/whoami')) as unknown as RemoteIdentity
  } finally {
    client.close()
  }
}
