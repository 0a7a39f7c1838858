import { describe } from 'vitest'
import { testCases } from '../../fixtures/country-cases.ts'

describe('Australia', () => {
  testCases([
    {
      // The example of the Australian Business Register.
      entity: 'AU_ABN',
      alone: ['51 824 753 556', '51824753556', '83 914 571 673'],
      nothing: ['51 824 753 557', 'ABN 51824753557'],
    },
    {
      entity: 'AU_ACN',
      alone: ['004 085 616', '000 000 019'],
      announced: [['ACN 004085616', '004085616']],
      nothing: ['004085616', '004 085 617', 'ACN 004085617'],
    },
    {
      entity: 'AU_TFN',
      alone: ['123 456 782'],
      announced: [['Tax file number: 876543210', '876543210']],
      nothing: ['876543210', '123 456 789', 'TFN 123456781'],
    },
    {
      entity: 'AU_MEDICARE',
      alone: ['2123 45670 1', '2123456701'],
      announced: [['Medicare 2123 45670 1/2', '2123 45670 1/2']],
      nothing: ['2123 45671 1', '7123 45670 1'],
    },
    {
      entity: 'AU_PASSPORT',
      announced: [['Australian passport N1234567', 'N1234567']],
      nothing: ['N1234567'],
    },
    {
      entity: 'AU_DRIVER_LICENSE',
      announced: [["Driver's licence 12345678", '12345678']],
      nothing: ['12345678'],
    },
    { entity: 'AU_BSB', announced: [['BSB 062-000', '062-000']], nothing: ['062-000'] },
  ])
})
