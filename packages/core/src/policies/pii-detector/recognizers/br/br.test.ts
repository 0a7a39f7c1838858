import { describe } from 'vitest'
import { testCases } from '../../fixtures/country-cases.ts'

describe('Brazil', () => {
  testCases([
    {
      entity: 'BR_CPF',
      alone: ['390.533.447-05', '111.444.777-35', '39053344705'],
      announced: [['CPF: 111.444.777-35', '111.444.777-35']],
      nothing: ['390.533.447-06', '111.111.111-11', 'CPF 11144477736'],
    },
    {
      // The example with letters is that of the federal tax office.
      entity: 'BR_CNPJ',
      alone: ['16.727.230/0001-97', '16727230000197', '12.ABC.345/01DE-35'],
      announced: [['CNPJ 12ABC34501DE35', '12ABC34501DE35']],
      nothing: ['16.727.230/0001-98', '12.ABC.345/01DE-36', '12ABC34501DE35'],
    },
    {
      // Made up, with its check digit.
      entity: 'BR_PIS',
      alone: ['120.56412.54-5'],
      announced: [['PIS 12056412545', '12056412545']],
      nothing: ['12056412545', 'PIS 12056412546'],
    },
    {
      entity: 'BR_RG',
      announced: [
        ['RG 24.678.131-4', '24.678.131-4'],
        ['carteira de identidade 24678131-X', '24678131-X'],
      ],
      nothing: ['24.678.131-4', '24678131'],
    },
    {
      entity: 'BR_CNH',
      announced: [['CNH 02650306461', '02650306461']],
      nothing: ['02650306461', 'CNH 02650306462'],
    },
    { entity: 'BR_CEP', announced: [['CEP 01310-100', '01310-100']], nothing: ['01310-100'] },
  ])
})
