import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findEntities } from '../find-entities.ts'
import { found } from '../fixtures/found.ts'
import { planOf } from '../fixtures/scan-in-pieces.ts'
import { countryRecognizers } from './countries.ts'

const plan = planOf({ entities: countryRecognizers.map(({ entity }) => entity) })
const characters = fc.constantFrom(...'0123456789 -./ABCDEFGHKLMNPRSTXYZ()\n:')
const texts = fc.array(characters, { maxLength: 120 }).map((some) => some.join(''))

describe('recognisers of countries', () => {
  it('read any row of digits, letters and separators, within their longest value', () => {
    const longest = new Map<string, number>(
      countryRecognizers.map(({ entity, longest: most }) => [entity, most]),
    )
    fc.assert(
      fc.property(texts, (text) => {
        for (const { type, start, end } of findEntities(text, 'request', plan)) {
          expect(end - start).toBeGreaterThan(0)
          expect(end - start).toBeLessThanOrEqual(longest.get(type) ?? 0)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('have checks that throw for no text', () => {
    fc.assert(
      fc.property(fc.oneof(texts, fc.string({ maxLength: 64 })), (text) => {
        for (const { check } of countryRecognizers) {
          expect([true, false, undefined]).toContain(check?.(text.slice(0, 64)))
        }
      }),
      { numRuns: 100 },
    )
  })

  it('take of random plain numbers without a cue only those that a check digit proves', () => {
    const numbers = fc.stringMatching(/^[1-9][0-9]{4,17}$/)
    const shapes = new Set(
      countryRecognizers.filter(({ check }) => check === undefined).map(({ entity }) => entity),
    )
    fc.assert(
      fc.property(numbers, (number) => {
        for (const { type, proven } of findEntities(`it is ${number} now`, 'request', plan)) {
          expect(shapes.has(type) && proven !== true ? type : null).toBeNull()
        }
      }),
      { numRuns: 60 },
    )
  })

  it('read a value the same in the middle of a text as alone', () => {
    for (const [entity, value] of [
      ['UK_NHS', '943 476 5919'],
      ['DE_TAX_ID', '86 095 742 719'],
      ['BR_CNPJ', '12.ABC.345/01DE-35'],
    ] as const) {
      expect(found(entity, `${'word '.repeat(40)}${value}${' word'.repeat(40)}`)).toEqual([value])
    }
  })
})
