// Builds every package; turbo skips what has not changed.
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { step } from './step.mjs'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Builds all packages, or those that the filter names. */
export function build(...filters) {
  const only = filters.map((name) => `--filter=${name}`)
  return step(
    'Building',
    ['npx', '--no-install', 'turbo', 'run', 'build', '--output-logs=errors-only', ...only],
    { cwd: root },
  )
}

/** Loads a built module by its path from the root; Windows takes absolute paths only as URLs. */
export function importBuilt(path) {
  return import(pathToFileURL(join(root, path)).href)
}
