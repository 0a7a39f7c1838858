import { describe } from 'vitest'
import { testCases } from '../../fixtures/country-cases.ts'

describe('India', () => {
  testCases([
    {
      entity: 'IN_PAN',
      alone: ['ACUPA7085R', 'acupa7085r'],
      announced: [['PAN card ACUXA7085R', 'ACUXA7085R']],
      nothing: ['ACUXA7085R', 'ACUPA70851', 'ACUPA7085RX'],
    },
    {
      // Test numbers of UIDAI.
      entity: 'IN_AADHAAR',
      alone: ['9999 4105 7058', '999941057058', '9999-4105-7058', '2341 2341 2346'],
      announced: [['मेरा आधार 999941057058 है', '999941057058']],
      nothing: ['9999 4105 7059', 'Aadhaar 999941057051', '1234 1234 1234', '9999 4105-7058'],
    },
    {
      entity: 'IN_GSTIN',
      alone: ['27AAPFU0939F1ZV', '27aapfu0939f1zv'],
      nothing: ['00AAPFU0939F1ZV', '27AAPFU0939F1XV'],
    },
    {
      entity: 'IN_VOTER',
      alone: ['WKH1186253'],
      announced: [['voter id INV1186253', 'INV1186253']],
      nothing: ['INV1186253', 'ORD1234567', 'WKH118625'],
    },
    {
      entity: 'IN_PASSPORT',
      announced: [['Indian passport A2096457', 'A2096457']],
      nothing: ['A2096457', 'passport A0096457'],
    },
    {
      entity: 'IN_VEHICLE_REGISTRATION',
      alone: ['KA53ME3456', 'MH 12 AB 1234', 'DL-3C-AB-1234', '22BH6517A'],
      announced: [['the vehicle 77CD123', '77CD123']],
      nothing: ['KA53ME0000', 'XX53ME3456', 'KA 2024'],
    },
    {
      entity: 'IN_DRIVING_LICENCE',
      alone: ['MH14 20110062821', 'DL-0420110149646'],
      nothing: ['XX14 20110062821'],
    },
  ])
})
