// `npm test`: set up, build, run every test. Arguments go to vitest; `--long` adds the
// tests that take many seconds, `--soak` those too, with
// random seeds for the property tests and many more rounds.
import { build, root } from './build.mjs'
import { setUp } from './setup.mjs'
import { fail, step } from './step.mjs'

const args = process.argv.slice(2)
const soak = args.includes('--soak')
const long = args.includes('--long')

try {
  await setUp()
  await build()
  await step(
    'Testing',
    [
      'npx',
      '--no-install',
      'vitest',
      'run',
      ...args.filter((arg) => arg !== '--soak' && arg !== '--long'),
    ],
    {
      cwd: root,
      show: true,
      env: {
        KEEPTRUSTS_SKIP_BUILD: '1',
        ...(soak && { KEEPTRUSTS_SOAK: '1' }),
        ...((long || soak) && { KEEPTRUSTS_LONG: '1' }),
      },
    },
  )
} catch (error) {
  fail(error)
}
