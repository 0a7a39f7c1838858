import { defineProject } from 'vitest/config'
import { testSelection } from '../../test-selection.ts'

// Without `module`: what OpenTelemetry's packages have there is for bundlers, Node cannot load it.
const conditions = ['@keeptrusts/source', 'node', 'import', 'default']

export default defineProject({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: { name: 'gateway', ...testSelection },
})
