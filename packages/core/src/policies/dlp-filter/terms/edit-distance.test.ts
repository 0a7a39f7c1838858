import fc from 'fast-check'
import { expect, it } from 'vitest'
import { nearestFrom } from './edit-distance.ts'
import { TermSet } from './term-set.ts'

/** Optimal string alignment, in the plain way. */
function distance(a: string, b: string): number {
  const rows: number[][] = Array.from({ length: a.length + 1 }, (_, row) =>
    Array.from({ length: b.length + 1 }, (_, place) => (row === 0 ? place : place === 0 ? row : 0)),
  )
  const at = (row: number, place: number): number => rows[row]?.[place] ?? 0
  for (let row = 1; row <= a.length; row += 1) {
    for (let place = 1; place <= b.length; place += 1) {
      const change = Number(a[row - 1] !== b[place - 1])
      let least = Math.min(
        at(row - 1, place) + 1,
        at(row, place - 1) + 1,
        at(row - 1, place - 1) + change,
      )
      if (a[row - 1] === b[place - 2] && a[row - 2] === b[place - 1])
        least = Math.min(least, at(row - 2, place - 2) + 1)
      const line = rows[row]
      if (line !== undefined) line[place] = least
    }
  }
  return at(a.length, b.length)
}

const word = (minLength: number) =>
  fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength, maxLength: 10 })

it('finds the piece that the plain algorithm says is nearest', () => {
  fc.assert(
    fc.property(word(1), word(0), fc.integer({ min: 0, max: 4 }), (term, text, most) => {
      const all = Array.from({ length: text.length }, (_, index) => index + 1).map((length) => ({
        length,
        distance: distance(term, text.slice(0, length)),
      }))
      const least = Math.min(...all.map((one) => one.distance), most + 1)
      const expected = least > most ? null : all.findLast((one) => one.distance === least)
      expect(nearestFrom(term, { text, start: 0 }, { most, mayEnd: () => true })).toEqual(expected)
    }),
    { numRuns: 2000 },
  )
})

it('misses no word within the distance, wherever its edits are', () => {
  fc.assert(
    fc.property(word(5), word(1), fc.integer({ min: 1, max: 3 }), (term, other, maxDistance) => {
      const allowed = Math.min(maxDistance, Math.floor((term.length - 1) / 4))
      const set = new TermSet([term], { fuzzy: true, maxDistance })
      const isNear = distance(term, other) <= allowed
      expect([...set.find(`x ${other} y`)].some(({ start }) => start === 2)).toBe(isNear)
    }),
    { numRuns: 3000 },
  )
})
