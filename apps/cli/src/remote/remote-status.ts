import type { StatusReport } from '@keeptrusts/gateway'
import type { Elsewhere } from '../auth/choose-gateway.ts'
import { announce, remoteClient } from './remote-client.ts'

/** Asks a gateway elsewhere how it and its log are. Throws `CliError`. */
export async function remoteStatus(elsewhere: Elsewhere): Promise<StatusReport> {
  const client = remoteClient(elsewhere)
  announce(elsewhere)
  try {
    return (await client.ask('GET', 'status')) as unknown as StatusReport
  } finally {
    client.close()
  }
}
