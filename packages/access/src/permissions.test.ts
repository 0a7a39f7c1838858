import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { Role } from './permissions.ts'
import { permissions, permissionsOf } from './permissions.ts'

const guide = new URL('../../../docs/guides/operators-and-auditors.md', import.meta.url)

it('the guide says of every role what it may do, and nothing else', () => {
  const rows = readFileSync(guide, 'utf8')
    .split('\n')
    .filter((line) => /^\| .+ \| `[a-z]+:[a-z]+` \| (?:yes|no) /.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()))
  const header = ['viewer', 'auditor', 'operator', 'admin'] satisfies Role[]
  const said = rows.map(([, , permission = '', ...cells]) => [
    permission.replaceAll('`', ''),
    ...header.map((_, at) => cells[at] === 'yes'),
  ])
  expect(said).toEqual(
    permissions.map((permission) => [
      permission,
      ...header.map((role) => permissionsOf[role].includes(permission)),
    ]),
  )
})
