import { describe, expect, it } from 'vitest'
import { found } from '../../fixtures/found.ts'

describe('US_ITIN', () => {
  it.each([
    ['912-73-1234', '912-73-1234'],
    ['ITIN: 900 70 0000', '900 70 0000'],
    ['my itin is 911701234', '911701234'],
    ['911701234 is my ITIN', '911701234'],
  ])('reads %s', (text, value) => {
    expect(found('US_ITIN', text)).toEqual([value])
  })

  it.each(['911701234', '912-93-1234', '912-70 1234', 'ITIN 812-73-1234', '1912-73-1234'])(
    'leaves %s alone',
    (text) => {
      expect(found('US_ITIN', text)).toEqual([])
    },
  )
})

// 1234567893 is the example of the check digit's specification; 1EG4-TE5-MK73 that of the Medicare number's.
describe('US_NPI', () => {
  it.each([
    ['NPI 1234567893', '1234567893'],
    ['npi: 1245 319 599', '1245 319 599'],
    ['NPI_1234567893', '1234567893'],
    ['it is 1234567893', '1234567893'],
  ])('reads %s', (text, value) => {
    expect(found('US_NPI', text)).toEqual([value])
  })

  it.each(['1234567894', 'NPI 1234567894', 'NPI 3234567893'])('leaves %s alone', (text) => {
    expect(found('US_NPI', text)).toEqual([])
  })
})

describe('US_MBI', () => {
  it.each([
    ['it is 1EG4-TE5-MK73.', '1EG4-TE5-MK73'],
    ['Medicare 1EG4TE5MK73', '1EG4TE5MK73'],
    ['1eg4 te5 mk73', '1eg4 te5 mk73'],
  ])('reads %s', (text, value) => {
    expect(found('US_MBI', text)).toEqual([value])
  })

  it.each(['1SG4-TE5-MK73', '0EG4-TE5-MK73', '1EG4-TE5-MK733', 'x1EG4-TE5-MK73'])(
    'leaves %s alone',
    (text) => {
      expect(found('US_MBI', text)).toEqual([])
    },
  )
})
