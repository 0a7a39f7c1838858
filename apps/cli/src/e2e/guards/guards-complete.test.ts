import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const folder = import.meta.dirname

/** The hazards of the audit that are guarded over the wire; the others have their tests elsewhere. */
const required = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 28,
]

/** Numbers in the titles of the tests of one file, `G7: …`. */
function numbersIn(file: string): number[] {
  const text = readFileSync(join(folder, file), 'utf8')
  return [
    ...text.matchAll(/\bit(?:\.\w+\([^\n]*\))*\(\s*['"`]G(\d+): /g),
    ...text.matchAll(/\]\)\(\s*['"`]G(\d+): /g),
  ].map((hit) => Number(hit[1]))
}

const quick = readdirSync(folder).filter(
  (file) => /^g\d\d-.*\.test\.ts$/.test(file) && !file.includes('.long.'),
)

it('every guard has a test in the normal run', () => {
  const found = new Set(quick.flatMap(numbersIn))
  expect(required.filter((number) => !found.has(number))).toEqual([])
})

it('every file tests the guard that its name says', () => {
  for (const file of quick)
    expect(new Set(numbersIn(file)), file).toEqual(new Set([Number(file.slice(1, 3))]))
})
