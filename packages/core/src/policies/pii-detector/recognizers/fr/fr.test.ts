import { describe } from 'vitest'
import { testCases } from '../../fixtures/country-cases.ts'

describe('France', () => {
  testCases([
    {
      entity: 'FR_NIR',
      alone: [
        '2 69 05 49 588 157 80',
        '269054958815780',
        '295109912611193',
        '2 55 08 14 168 025 38',
      ],
      announced: [
        ['mon numéro de sécurité sociale est 2 69 05 49 588 157', '2 69 05 49 588 157'],
        ['Sécu : 269054958815780', '269054958815780'],
      ],
      nothing: ['2 69 05 49 588 157 81', '269154958815780', '969054958815780'],
    },
    {
      entity: 'FR_TAX_ID',
      alone: ['30 23 217 600 053', '3023217600053'],
      announced: [['Numéro fiscal : 30 23 217 600 053', '30 23 217 600 053']],
      nothing: ['30 23 217 600 054', '4023217600053'],
    },
    {
      entity: 'FR_CNI',
      announced: [
        ["carte nationale d'identité 880692310285", '880692310285'],
        ['CNI X4RTBPFW4', 'X4RTBPFW4'],
      ],
      nothing: ['880692310285', 'X4RTBPFW4'],
    },
    {
      entity: 'FR_PASSPORT',
      announced: [['Passeport n° 12AB34567', '12AB34567']],
      nothing: ['12AB34567', 'passeport 12AB3456'],
    },
    {
      entity: 'FR_LICENSE_PLATE',
      announced: [['immatriculée AB-123-CD', 'AB-123-CD']],
      nothing: ['AB-123-CD', 'plaque SS-123-AB'],
    },
    {
      entity: 'FR_SIREN',
      announced: [
        ['SIREN 732 829 320', '732 829 320'],
        ['SIREN : 732829320', '732829320'],
      ],
      nothing: ['732 829 320', 'SIREN 732 829 321', 'un budget de 732 829 320 euros'],
    },
    {
      entity: 'FR_SIRET',
      alone: ['732 829 320 00074', '73282932000074'],
      announced: [['SIRET 35600000000048', '35600000000048']],
      nothing: ['732 829 320 00075', '20261127013000'],
    },
    {
      entity: 'FR_VAT',
      alone: ['FR40303265045', 'FR 40 303 265 045'],
      nothing: ['FR41303265045', 'FR 40 303 265 046'],
    },
  ])
})
