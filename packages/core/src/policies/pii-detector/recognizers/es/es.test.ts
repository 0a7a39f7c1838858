import { describe } from 'vitest'
import { testCases } from '../../fixtures/country-cases.ts'

describe('Spain', () => {
  testCases([
    {
      entity: 'ES_NIF',
      alone: ['12345678Z', '12345678-Z', '12.345.678-Z', '54362315K', '54362315-k'],
      announced: [['mi DNI es 12345678Z', '12345678Z']],
      nothing: ['12345678A', 'DNI 12345678T', '123456789Z'],
    },
    {
      entity: 'ES_NIE',
      alone: ['X2482300W', 'x-2482300-W', 'Z1234567R', 'X1234567L'],
      nothing: ['X2482300A', 'W2482300W'],
    },
    {
      entity: 'ES_PASSPORT',
      announced: [['pasaporte AAA123456', 'AAA123456']],
      nothing: ['AAA123456', 'pasaporte AAAA12345'],
    },
    {
      entity: 'ES_LICENSE_PLATE',
      announced: [['la matrícula 1234 BCD', '1234 BCD']],
      nothing: ['1234 BCD', 'matrícula 1234 ABC'],
    },
    {
      entity: 'ES_CIF',
      alone: ['A58818501', 'J99216582', 'A-58818501'],
      announced: [['CIF: B58378431', 'B58378431']],
      nothing: ['A58818502', 'J99216583'],
    },
    {
      entity: 'ES_NSS',
      alone: ['28/12345678/40', '281234567840'],
      announced: [['Seguridad Social: 28 12345678 40', '28 12345678 40']],
      nothing: ['28/12345678/41', '99/12345678/40'],
    },
  ])
})
