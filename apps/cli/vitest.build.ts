import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Builds `kt` and what it needs before its tests run; nothing happens when the build is fresh. */
export function setup(): void {
  if (process.env['KEEPTRUSTS_SKIP_BUILD']) return
  const root = fileURLToPath(new URL('../..', import.meta.url))
  execFileSync(
    'npx',
    [
      '--no-install',
      'turbo',
      'run',
      'build',
      '--filter=@keeptrusts/cli',
      '--output-logs=errors-only',
    ],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
    },
  )
}
