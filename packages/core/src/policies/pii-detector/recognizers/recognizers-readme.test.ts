import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { countryRecognizers } from './countries.ts'

it('the README has one row for each entity of a country, with its aliases, and says whether it has a check', () => {
  const readme = readFileSync(fileURLToPath(new URL('README.md', import.meta.url)), 'utf8')
  const rows = readme
    .split('\n')
    .filter((line) => /^\| [A-Z]/.test(line))
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')))
    .map(([entity, , check, , aliases]) => [entity, check, aliases])
  const expected = countryRecognizers.map(({ entity, aliases, check }) => [
    entity,
    check === undefined ? 'no' : 'yes',
    aliases.join(', '),
  ])
  expect(rows.sort()).toEqual(expected.sort())
})
