import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { problemCodes } from './finding-codes.ts'

const here = import.meta.dirname
const guide = readFileSync(join(here, '../../../../docs/guides/find-out-what-is-wrong.md'), 'utf8')
const sources = readdirSync(here)
  .filter((file) => file.endsWith('.ts') && !/test|finding-codes/.test(file))
  .map((file) => readFileSync(join(here, file), 'utf8'))
  .join('\n')

it.each(Object.entries(problemCodes))('%s is explained in the guide, and used', (code, meaning) => {
  const rows = guide.split('\n').filter((line) => line.startsWith(`| \`${code}\``))
  expect(rows).toHaveLength(1)
  expect(rows[0]).toContain(meaning)
  expect(sources).toContain(`'${code}'`)
})
