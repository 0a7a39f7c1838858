import { describe, expect, it } from 'vitest'
import { compact, digitsOf, isGrouped, verdict } from './compact.ts'
import { hasDay, isDay } from './dates.ts'
import { icaoDigit } from './icao.ts'
import { mod11And2, passesMod11And10, rest } from './iso-7064.ts'
import { isOrdinaryNumber } from './ordinary-number.ts'
import { passesVerhoeff } from './verhoeff.ts'
import { crossSum, isRepeated, weightedSum } from './weighted-sum.ts'

describe('check digits', () => {
  it('passes the vectors of ISO/IEC 7064', () => {
    // MOD 11,10 and MOD 11-2 of 0794 are the examples of the norm: 07945 and 07940.
    expect(passesMod11And10(digitsOf('07945'))).toBe(true)
    expect(passesMod11And10(digitsOf('07946'))).toBe(false)
    expect(mod11And2(digitsOf('0794'))).toBe('0')
    // ISNI of ISO 27729, with X for ten.
    expect(mod11And2(digitsOf('000000012146438'))).toBe('X')
    // MOD 97-10: an IBAN of the norm, moved and with letters as numbers, leaves 1.
    expect(rest('3214282912345698765432161182', 97)).toBe(1)
  })

  it('passes the vectors of Verhoeff and of ICAO Doc 9303', () => {
    expect(passesVerhoeff(digitsOf('2363'))).toBe(true)
    expect(passesVerhoeff(digitsOf('123451'))).toBe(true)
    expect(passesVerhoeff(digitsOf('123452'))).toBe(false)
    expect(icaoDigit('520727')).toBe(3)
    expect(icaoDigit('L898902C3')).toBe(6)
    expect(icaoDigit('AB2134<<<')).toBe(5)
  })

  it('finds every single wrong digit and every swap of neighbours with Verhoeff', () => {
    const right = digitsOf('999941057058')
    for (let place = 0; place < right.length; place += 1) {
      const wrong = right.map((digit, index) => (index === place ? (digit + 1) % 10 : digit))
      expect(passesVerhoeff(wrong)).toBe(false)
      const next = right[place + 1]
      if (next === undefined || next === right[place]) continue
      const swapped = [...right]
      swapped[place] = next
      swapped[place + 1] = right[place] ?? 0
      expect(passesVerhoeff(swapped)).toBe(false)
    }
  })

  it('sums with weights', () => {
    expect(weightedSum([1, 2, 3], [3, 2, 1])).toBe(10)
    expect(weightedSum([1], [3, 2, 1])).toBe(3)
    expect(crossSum([9, 9], [2, 1])).toBe(18)
    expect(isRepeated([4, 4, 4])).toBe(true)
    expect(isRepeated([4, 4, 5])).toBe(false)
  })

  it('says whether a check digit is enough', () => {
    expect([verdict(false, true), verdict(true, true), verdict(true, false)]).toEqual([
      false,
      true,
      undefined,
    ])
    expect(compact('ab-12 34.c')).toBe('AB1234C')
    expect([isGrouped('12 34'), isGrouped('1234a')]).toEqual([true, false])
  })

  it('knows days', () => {
    expect(isDay(2, 29)).toBe(true)
    expect([isDay(2, 30), isDay(13, 1), isDay(0, 1), isDay(4, 31), isDay(5, 0)]).not.toContain(true)
    expect(hasDay('20261127', 4, 6)).toBe(true)
  })

  it('knows plain numbers that are something ordinary', () => {
    for (const number of [
      '1764207827',
      '1764207827123',
      '20261127',
      '20261127013000',
      '1234567890',
      '9876543210',
      '7777777777',
      '2147483648',
    ]) {
      expect(isOrdinaryNumber(number), number).toBe(true)
    }
    for (const number of ['9434765919', '2941057058', '20261327013000', '39053344705']) {
      expect(isOrdinaryNumber(number), number).toBe(false)
    }
  })
})
