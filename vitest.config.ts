import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: ['packages/*', 'apps/*', 'docs', 'scripts'],
    restoreMocks: true,
    maxWorkers: '100%',
  },
})
