import { existsSync } from 'node:fs'
import type { AccessStore, Session } from '@keeptrusts/access'
import { CliError } from '../errors/cli-error.ts'
import type { LocalPaths } from '../local-paths.ts'
import { readCredentials } from './credentials-file.ts'
import { TOKEN_VARIABLE } from './token-variable.ts'

/** A token, and where it is from. */
export interface Token {
  readonly token: string
  readonly source: 'environment' | 'file'
  /** Data folder of the gateway it belongs to. */
  readonly dataDir: string
}

/** The token of whoever runs this command: from the environment, else from the credentials file; `null` when there is none. */
export function currentToken(paths: LocalPaths): Token | null {
  const fromEnvironment = process.env[TOKEN_VARIABLE]
  if (fromEnvironment) {
    return { token: fromEnvironment, source: 'environment', dataDir: paths.dataDir }
  }
  const stored = readCredentials(paths.credentials)
  return stored && { token: stored.token, source: 'file', dataDir: stored.data_dir }
}

/** The session of a token. Throws `CliError`: `session-expired` when the gateway does not know it, or no longer. */
export async function sessionOf(token: Token): Promise<Session> {
  const session = await withAccessStore(token.dataDir, (store) => store.verifySession(token.token))
  if (session) return session
  throw new CliError({
    code: 'session-expired',
    message: 'The session has expired, was revoked, or belongs to another gateway.',
    where: token.source === 'environment' ? TOKEN_VARIABLE : token.dataDir,
    suggestion:
      token.source === 'environment'
        ? `Give a valid token in ${TOKEN_VARIABLE}, or unset it and run kt auth login.`
        : 'Run kt auth login again.',
  })
}

/** Does something with a gateway's access store; `null` when there is no store, which is not made just to look into it. */
export async function withAccessStore<T>(
  dataDir: string,
  use: (store: AccessStore) => T,
): Promise<T | null> {
  const { accessDatabasePath, openAccessStore } = await import('@keeptrusts/access')
  if (!existsSync(accessDatabasePath(dataDir))) return null
  const store = openAccessStore({ dir: dataDir })
  try {
    return use(store)
  } finally {
    store.close()
  }
}
