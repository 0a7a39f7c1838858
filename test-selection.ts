import { fileURLToPath } from 'node:url'

/** Tests that spawn `kt` over and over, and those that take long because they try thousands of texts or measure how time grows. */
const oneNodeOnly = [
  '**/e2e/**',
  '**/cut-independence.test.ts',
  '**/overlapping-blocks.test.ts',
  '**/answer-scanner.test.ts',
  '**/surface-fuzz.test.ts',
  '**/histories.test.ts',
  '**/docs.test.ts',
  '**/operators.test.ts',
  '**/password-hasher.test.ts',
  '**/cut-answers.test.ts',
  '**/redaction-properties.test.ts',
  '**/restore-properties.test.ts',
  '**/view-costs.test.ts',
  '**/detection-time.test.ts',
  '**/pattern-time.test.ts',
  '**/credentials/patterns.test.ts',
]

/**
 * Tests that take many seconds (kills, thousands of calls) are named `*.long.test.ts` and run with `npm run test:long`
 * and in CI; the others are what `npm test` runs in under a minute.
 */
export const testSelection = {
  setupFiles: [fileURLToPath(new URL('property-seed.ts', import.meta.url))],
  include: ['src/**/*.test.ts'],
  // The files of a package do not disturb each other, and share one load of its sources.
  isolate: false,
  // A machine that is slow or busy must not fail a test; what hangs is still ended.
  testTimeout: 300_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: 60_000 } },
  exclude: [
    ...(process.env['KEEPTRUSTS_LONG'] ? [] : ['**/*.long.test.ts']),
    // CI runs them on one Node only.
    ...(process.env['KEEPTRUSTS_WITHOUT_SPAWNED'] ? oneNodeOnly : []),
  ],
}
