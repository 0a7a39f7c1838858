import { describe } from 'vitest'
import { testCases } from '../../fixtures/country-cases.ts'

describe('Italy', () => {
  testCases([
    {
      // Sample codes of the tax office and its regional offices; the second is written with letters for digits (omocodia).
      entity: 'IT_FISCAL_CODE',
      alone: ['RSSMRA85T10A562S', 'RCCMNL83S18D969H', 'rccmnl83s18d969h', 'RCCMNL83S18D96VW'],
      announced: [['Codice fiscale: RSS MRA 85T10 A562S', 'RSS MRA 85T10 A562S']],
      nothing: ['RSSMRA85T10A562A', 'RSSMRA85Z10A562S', 'codice fiscale RCCMNL83S18D969A'],
    },
    {
      entity: 'IT_VAT_CODE',
      alone: ['00743110157', 'IT00743110157'],
      announced: [['Partita IVA 00743110157', '00743110157']],
      nothing: ['00743110158', 'P.IVA 00743110150', '00743112155'],
    },
    {
      entity: 'IT_DRIVER_LICENSE',
      announced: [
        ['patente di guida AA1234567B', 'AA1234567B'],
        ['Patente: U1H234567C', 'U1H234567C'],
      ],
      nothing: ['AA1234567B', 'patente AA123456B'],
    },
    {
      entity: 'IT_PASSPORT',
      announced: [['passaporto YA1234567', 'YA1234567']],
      nothing: ['YA1234567'],
    },
    {
      entity: 'IT_IDENTITY_CARD',
      announced: [
        ["Carta d'identità CA12345AA", 'CA12345AA'],
        ['documento AA 1234567', 'AA 1234567'],
        ['CIE 1234567AA', '1234567AA'],
      ],
      nothing: ['CA12345AA', 'AA1234567'],
    },
  ])
})
