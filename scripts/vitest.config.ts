import { defineProject } from 'vitest/config'

export default defineProject({
  test: { name: 'scripts', include: ['*.test.mjs'], testTimeout: 300_000, hookTimeout: 300_000 },
})
