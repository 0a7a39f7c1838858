import type { Elsewhere } from '../auth/choose-gateway.ts'
import { remoteClient } from './remote-client.ts'

/** Ends a session on a gateway elsewhere; false when it had ended already. Throws `CliError`. */
export async function endSession(elsewhere: Elsewhere): Promise<boolean> {
  const client = remoteClient(elsewhere)
  try {
    await client.ask('POST', 'auth/logout')
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'session-expired') return false
    throw error
  } finally {
    client.close()
  }
}
