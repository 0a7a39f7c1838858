import { defineProject } from 'vitest/config'

const conditions = ['@keeptrusts/source', 'node', 'import', 'module', 'default']

export default defineProject({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: { name: 'docs', include: ['*.test.ts', 'examples/*.test.ts'], testTimeout: 300_000 },
})
