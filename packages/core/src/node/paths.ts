import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where Keeptrusts keeps its files on this machine. Nothing is created here. */
export interface KeeptrustsPaths {
  /** Holds `audit/audit.db`, `access.db` and `control.sock`. */
  readonly dataDir: string
  /** Holds `keys/` and `credentials.json`. */
  readonly configDir: string
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The data and config folders for an environment: `KEEPTRUSTS_DATA_DIR` / `KEEPTRUSTS_CONFIG_DIR` first, then the
 * XDG base directories (an empty or relative XDG value is ignored, as that specification asks), then the home folder.
 */
export function keeptrustsPaths(
  env: Environment,
  platform: NodeJS.Platform = process.platform,
): KeeptrustsPaths {
  return {
    dataDir: env['KEEPTRUSTS_DATA_DIR'] || folder(env, platform, 'data'),
    configDir: env['KEEPTRUSTS_CONFIG_DIR'] || folder(env, platform, 'config'),
  }
}

const xdg = {
  data: { variable: 'XDG_DATA_HOME', inHome: ['.local', 'share'] },
  config: { variable: 'XDG_CONFIG_HOME', inHome: ['.config'] },
} as const

function folder(env: Environment, platform: NodeJS.Platform, kind: 'data' | 'config'): string {
  if (platform === 'win32') return windowsFolder(env, kind)
  const { variable, inHome } = xdg[kind]
  const base = env[variable]
  if (base?.startsWith('/')) return join(base, 'keeptrusts')
  return join(env['HOME'] || homedir(), ...inHome, 'keeptrusts')
}

/** `%LOCALAPPDATA%` does not roam to other machines, as a log and its keys must not. */
function windowsFolder(env: Environment, kind: 'data' | 'config'): string {
  const base = env['LOCALAPPDATA'] || join(homedir(), 'AppData', 'Local')
  return kind === 'data' ? join(base, 'keeptrusts') : join(base, 'keeptrusts', 'config')
}
