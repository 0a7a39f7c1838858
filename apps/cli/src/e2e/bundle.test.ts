import { readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { ktBin } from '../fixtures/spawn-kt.ts'

const dist = join(dirname(dirname(ktBin)), 'dist')

/** The files of the bundle that are loaded with `file`, itself included. */
function loadedWith(file: string, known = new Set<string>()): Set<string> {
  if (known.has(file)) return known
  known.add(file)
  const source = readFileSync(join(dist, file), 'utf8')
  for (const [, name] of source.matchAll(/(?:\bfrom|\bimport)\s*"\.\/([^"]+\.js)"/g))
    loadedWith(String(name), known)
  return known
}

it('loads no policy before a command asks for one: the megabytes of them would slow every command down', () => {
  const files = [...loadedWith('index.js', loadedWith('main.js'))]
  const bytes = files.reduce((sum, file) => sum + statSync(join(dist, file)).size, 0)
  expect(files.length).toBeGreaterThan(5)
  const withDriver = files.filter((file) =>
    readFileSync(join(dist, file), 'utf8').includes('from"better-sqlite3"'),
  )
  expect(withDriver).toEqual([])
  // The framework and the commands themselves.
  expect(bytes).toBeLessThan(1_000_000)
})
