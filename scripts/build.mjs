// Builds every package; turbo skips what has not changed.
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
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
