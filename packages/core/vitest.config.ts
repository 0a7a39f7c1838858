import { defineProject } from 'vitest/config'
import { testSelection } from '../../test-selection.ts'

const conditions = ['@keeptrusts/source', 'node', 'import', 'module', 'default']

export default defineProject({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    name: 'core',
    ...testSelection,
    // Core is pure: its test files cannot disturb each other, and share one load of the sources.
    isolate: false,
  },
})
