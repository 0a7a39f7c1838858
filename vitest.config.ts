import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { projects: ['packages/*', 'apps/*', 'docs'], restoreMocks: true, maxWorkers: '100%' },
})
