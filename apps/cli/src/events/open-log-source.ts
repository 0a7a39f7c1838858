import type { ChosenGateway } from '../auth/choose-gateway.ts'
import type { LogSource } from './log-source.ts'

/** Opens the log of a gateway; `null`, after saying where it looked, when this machine has none yet. */
export async function openLogSource(gateway: ChosenGateway): Promise<LogSource | null> {
  if (gateway.kind === 'elsewhere') {
    const { remoteLog } = await import('../remote/remote-log.ts')
    return remoteLog(gateway)
  }
  // Loads the database driver, which only commands that read the log need.
  const { localLog } = await import('./local-log.ts')
  return localLog(gateway.dataDir)
}
