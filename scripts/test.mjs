// `npm test`: set up, build, run every test. Arguments go to vitest; `--soak` takes random seeds for the property tests.
import { build, root } from './build.mjs'
import { setUp } from './setup.mjs'
import { fail, step } from './step.mjs'

const args = process.argv.slice(2)
const soak = args.includes('--soak')

try {
  await setUp()
  await build()
  await step(
    'Testing',
    ['npx', '--no-install', 'vitest', 'run', ...args.filter((arg) => arg !== '--soak')],
    {
      cwd: root,
      show: true,
      env: { KEEPTRUSTS_SKIP_BUILD: '1', ...(soak && { KEEPTRUSTS_SOAK: '1' }) },
    },
  )
} catch (error) {
  fail(error)
}
