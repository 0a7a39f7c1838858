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

// The example of 21 CFR 1301's check digit; routing numbers of Federal Reserve banks.
const right: readonly (readonly [entity: string, text: string, value: string])[] = [
  ['MEDICAL_LICENSE', 'DEA AB1234563', 'AB1234563'],
  ['MEDICAL_LICENSE', 'ab1234563', 'ab1234563'],
  ['ABA_ROUTING_NUMBER', 'to 021000021.', '021000021'],
  ['ABA_ROUTING_NUMBER', '0110-0001-5', '0110-0001-5'],
  ['US_PASSPORT', 'passport no. C12345678', 'C12345678'],
  ['US_DRIVER_LICENSE', "my driver's license is D1234567", 'D1234567'],
  ['US_DRIVER_LICENSE', 'DL: S123-4567-8901', 'S123-4567-8901'],
  ['US_DRIVER_LICENSE', 'license number F255-921-50-094-0', 'F255-921-50-094-0'],
  ['US_DRIVER_LICENSE', 'drivers license 1234-56-7890', '1234-56-7890'],
  ['US_BANK_NUMBER', 'checking account 123456789012', '123456789012'],
  ['US_BANK_NUMBER', 'acct no. 1234 5678 90', '1234 5678 90'],
  ['US_EIN', 'EIN 12-3456789', '12-3456789'],
  ['US_EIN', 'our federal tax ID is 123456789', '123456789'],
  ['ZIP_CODE', 'Albany, NY 12207 and', '12207'],
  ['ZIP_CODE', 'zip 20500-0005', '20500-0005'],
  ['MEDICAL_RECORD_NUMBER', 'MRN: A-0012345', 'A-0012345'],
  ['HEALTH_INSURANCE_ID', 'member ID W123456789-01', 'W123456789-01'],
]

const wrong: readonly (readonly [entity: string, text: string])[] = [
  ['MEDICAL_LICENSE', 'DEA AB1234564'],
  ['MEDICAL_LICENSE', 'IB1234563'],
  ['ABA_ROUTING_NUMBER', 'routing 021000022'],
  ['ABA_ROUTING_NUMBER', '421042111'],
  ['US_PASSPORT', 'C12345678'],
  ['US_DRIVER_LICENSE', 'D1234567'],
  ['US_BANK_NUMBER', '123456789012'],
  ['US_EIN', '12-3456789'],
  ['US_EIN', 'EIN 07-3456789'],
  ['ZIP_CODE', 'room 12207'],
  ['MEDICAL_RECORD_NUMBER', 'batch A-0012345'],
  ['HEALTH_INSURANCE_ID', 'W123456789'],
]

it.each(right)('%s is read in %s', (entity, text, value) => {
  expect(found(entity, text)).toEqual([value])
})

it.each(wrong)('no %s is read in %s', (entity, text) => {
  expect(found(entity, text)).toEqual([])
})
