import { describe } from 'vitest'
import { testCases } from '../../fixtures/country-cases.ts'

describe('Canada', () => {
  testCases([
    {
      // 046 454 286 is made up on purpose: no issued number begins with 0.
      entity: 'CA_SIN',
      alone: ['123-456-782', '123 456 782'],
      announced: [
        ['SIN 046 454 286', '046 454 286'],
        ['my SIN number is 123456782', '123456782'],
        ["numéro d'assurance sociale : 123456782", '123456782'],
      ],
      nothing: ['123456782', '123-456-789', 'SIN 823 456 783', '123-456 782'],
    },
    {
      entity: 'CA_BUSINESS_NUMBER',
      alone: ['12302 6635 RC 0001', '123026635RC0001'],
      announced: [['GST 123026635', '123026635']],
      nothing: ['123026635', '12302 6636 RC 0001'],
    },
    {
      entity: 'CA_PASSPORT',
      announced: [
        ['Canadian passport AB123456', 'AB123456'],
        ['passeport A123456AB', 'A123456AB'],
      ],
      nothing: ['AB123456'],
    },
    {
      entity: 'CA_POSTAL_CODE',
      alone: ['K1A 0B1'],
      announced: [
        ['postal code k1a0b1', 'k1a0b1'],
        ['Ottawa ON K1A0B1', 'K1A0B1'],
      ],
      nothing: ['D1A 0B1', 'K1A0B1', 'K1A OB1'],
    },
    {
      entity: 'CA_HEALTH_CARD',
      announced: [
        ['OHIP 1234-567-890-AB', '1234-567-890-AB'],
        ['carte soleil TREM 1234 5678', 'TREM 1234 5678'],
      ],
      nothing: ['1234-567-890', 'TREM 1234 5678'],
    },
    {
      entity: 'CA_DRIVER_LICENSE',
      alone: ['A1234-56789-01234'],
      announced: [["driver's licence D6101 40706 60905", 'D6101 40706 60905']],
      nothing: ['123456-789'],
    },
  ])
})
