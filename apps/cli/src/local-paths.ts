import { join, resolve } from 'node:path'
import { keeptrustsPaths } from '@keeptrusts/core/node'

/** The files of the gateway on this machine. */
export interface LocalPaths {
  readonly dataDir: string
  readonly configDir: string
  /** Who is signed in. */
  readonly credentials: string
}

/** Where things lie for the environment and an optional `--data-dir`. */
export function localPaths(dataDir: string | undefined): LocalPaths {
  const paths = keeptrustsPaths(process.env)
  return {
    dataDir: resolve(dataDir ?? paths.dataDir),
    configDir: resolve(paths.configDir),
    credentials: resolve(join(paths.configDir, 'credentials.json')),
  }
}
