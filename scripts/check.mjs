// `npm run check`: everything a change must pass besides its tests.
import { build, root } from './build.mjs'
import { setUp } from './setup.mjs'
import { fail, step } from './step.mjs'

const npx = (...args) => ['npx', '--no-install', ...args]

try {
  await setUp()
  await build()
  await step('Format and lint', npx('biome', 'ci', '--error-on-warnings', '.'), { cwd: root })
  await step('Types', npx('turbo', 'run', 'typecheck', '--output-logs=errors-only'), { cwd: root })
  await step(
    'Import directions',
    npx('depcruise', 'packages', 'apps', '--config', '.dependency-cruiser.mjs'),
    { cwd: root },
  )
  await step('Unused code', npx('knip'), { cwd: root })
  await step('Generated docs are up to date', ['node', 'scripts/generate-docs.mjs', '--check'], {
    cwd: root,
  })
} catch (error) {
  fail(error)
}
