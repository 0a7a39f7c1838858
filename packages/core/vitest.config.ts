import { defineProject } from 'vitest/config'
import { testSelection } from '../../test-selection.ts'

const conditions = ['@keeptrusts/source', 'node', 'import', 'module', 'default']

export default defineProject({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    name: 'core',
    ...testSelection,
  },
})
