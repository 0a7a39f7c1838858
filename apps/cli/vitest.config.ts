import { defineProject } from 'vitest/config'
import { testSelection } from '../../test-selection.ts'

// Without the source condition of the other packages: the command framework loads dist/index.js natively, which would then
// find the TypeScript of its siblings. `kt` is tested as it is shipped, by spawning it on the build.
export default defineProject({
  test: {
    name: 'cli',
    ...testSelection,
    globalSetup: ['vitest.build.ts'],
  },
})
