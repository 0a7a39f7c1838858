import { describe } from 'vitest'
import { testCases } from '../../fixtures/country-cases.ts'

describe('United Kingdom', () => {
  testCases([
    {
      // 943 476 5919 is the example of the NHS data dictionary.
      entity: 'UK_NHS',
      alone: ['943 476 5919', '943-476-5919', '9434765919'],
      announced: [['NHS number: 9434765919', '9434765919']],
      nothing: [
        '943 476 5918',
        'NHS number 9434765910',
        '1764207828',
        '0000000000',
        '943-476-59190',
      ],
    },
    {
      entity: 'UK_NINO',
      alone: ['AB123456C', 'AB 12 34 56 C', 'ab123456c', 'AB-12-34-56-C'],
      announced: [['her national insurance no is AB 12 34 56', 'AB 12 34 56']],
      nothing: ['QQ123456C', 'BG123456A', 'AB123456E', 'AO123456C', 'XAB123456C', 'AB 12 34 56'],
    },
    {
      entity: 'UK_PASSPORT',
      announced: [
        ['British passport 533380006', '533380006'],
        ['Passport number: AB1234567', 'AB1234567'],
      ],
      nothing: ['533380006', 'AB1234567', 'order AB1234567'],
    },
    {
      // The sample of DVLA.
      entity: 'UK_DRIVING_LICENCE',
      alone: ['MORGA657054SM9IJ', 'MORGA 657054 SM9IJ', 'FO999657054SM9IJ'],
      nothing: ['MORGA637054SM9IJ', 'MORGA657994SM9IJ', 'MO9GA657054SM9IJ'],
    },
    {
      entity: 'UK_VEHICLE_REGISTRATION',
      announced: [
        ['My car is AB12 CDE', 'AB12 CDE'],
        ['Reg A123 BCD', 'A123 BCD'],
        ['number plate: ABC 123D', 'ABC 123D'],
      ],
      nothing: ['AB12 CDE', 'number plate: AB99 CDE'],
    },
    {
      entity: 'UK_POSTCODE',
      alone: ['SW1A 1AA', 'EC1A 1BB', 'M60 1NW', 'GIR 0AA', 'DN55 1PT'],
      announced: [
        ['postcode: m1 1ae', 'm1 1ae'],
        ['Her address is Flat B, Long Lane, E1 6AN', 'E1 6AN'],
        ['post code SW1A1AA', 'SW1A1AA'],
      ],
      nothing: ['E1 6AN', 'QX1A 1AA', 'SW1A 1AC', 'sw1a1aa'],
    },
    {
      entity: 'UK_UTR',
      announced: [
        ['UTR 1955839661', '1955839661'],
        ['My unique taxpayer reference is 19558 39661', '19558 39661'],
      ],
      nothing: ['1955839661', 'UTR 2955839661'],
    },
    {
      entity: 'UK_VAT_NUMBER',
      alone: ['GB 980 7806 84', 'GB980780684'],
      announced: [['VAT number 980 7806 84', '980 7806 84']],
      nothing: ['GB 802 3116 85', '980780684'],
    },
    {
      entity: 'UK_SORT_CODE',
      announced: [['sort code 12-34-56', '12-34-56']],
      nothing: ['12-34-56'],
    },
    {
      entity: 'UK_BANK_ACCOUNT',
      announced: [['Account number: 12345678', '12345678']],
      nothing: ['12345678', 'account number 123456789'],
    },
  ])
})
