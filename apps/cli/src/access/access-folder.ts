import { existsSync } from 'node:fs'
import type { AccessStore } from '@keeptrusts/access'

/** Does something with a gateway's access store, which is made when there is none yet. */
export async function inAccessStore<T>(
  dataDir: string,
  use: (store: AccessStore) => Promise<T> | T,
): Promise<T> {
  // Loads the database driver.
  const { openAccessStore } = await import('@keeptrusts/access')
  const store = openAccessStore({ dir: dataDir })
  try {
    return await use(store)
  } finally {
    store.close()
  }
}

/** The same where nothing is to be made: `null` when there is no store. */
export async function withAccessStore<T>(
  dataDir: string,
  use: (store: AccessStore) => Promise<T> | T,
): Promise<T | null> {
  const { accessDatabasePath } = await import('@keeptrusts/access')
  return existsSync(accessDatabasePath(dataDir)) ? inAccessStore(dataDir, use) : null
}
