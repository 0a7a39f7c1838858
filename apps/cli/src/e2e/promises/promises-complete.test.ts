import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const folder = import.meta.dirname

/** The promises of the log that are kept over the wire; P12 (speed) is measured by the benchmarks, P16 is the guards. */
const promised = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15]

const files = readdirSync(folder).filter((file) => /^p\d\d-[\w-]+(?:\.long)?\.test\.ts$/.test(file))

it('every promise has a test', () => {
  const kept = new Set(files.map((file) => Number(file.slice(1, 3))))
  expect(promised.filter((number) => !kept.has(number))).toEqual([])
})

it('every file tests the promise that its name says', () => {
  for (const file of files) {
    const titles = readFileSync(join(folder, file), 'utf8').matchAll(/['"`]P(\d+): /g)
    const numbers = new Set([...titles].map((title) => Number(title[1])))
    expect(numbers, file).toEqual(new Set([Number(file.slice(1, 3))]))
  }
})
