import { describe } from 'vitest'
import { testCases } from '../../fixtures/country-cases.ts'

describe('Germany', () => {
  testCases([
    {
      // Test numbers of the Federal Central Tax Office.
      entity: 'DE_TAX_ID',
      alone: ['86095742719', '86 095 742 719', '47036892816', '65929970489'],
      announced: [['Meine Steuer-ID lautet 57549285017.', '57549285017']],
      nothing: ['86095742710', 'Steuer-ID 86095742718', '06095742719'],
    },
    {
      entity: 'DE_TAX_NUMBER',
      alone: ['181/815/08155'],
      announced: [
        ['Steuernummer: 21/815/08150', '21/815/08150'],
        ['Finanzamt, St.-Nr. 133/8150/8159', '133/8150/8159'],
        ['Steuernummer 2893081508152', '2893081508152'],
      ],
      nothing: ['2893081508152', '12/2024/1234', '2024/11/27'],
    },
    {
      entity: 'DE_VAT_ID',
      alone: ['DE136695976', 'DE 136 695 976', 'DE136 695 976'],
      announced: [['USt-IdNr.: DE123456789', 'DE123456789']],
      nothing: ['DE123456789', 'DE012345678', 'DE1366959760'],
    },
    {
      entity: 'DE_HANDELSREGISTER',
      alone: ['HRB 12345', 'HRA 4711', 'HRB12345 B'],
      announced: [['Amtsgericht Köln, HRB 98765', 'HRB 98765']],
      nothing: ['HRC 12345', 'HRB 1234567', 'hrb values'],
    },
    {
      // Documents of Erika Mustermann, with the check digits of their machine-readable zones.
      entity: 'DE_PASSPORT',
      alone: ['C01X00T478'],
      announced: [
        ['Reisepass C01X00T47', 'C01X00T47'],
        ['Passnummer: C01X00T478', 'C01X00T478'],
      ],
      nothing: ['C01X00T470', 'C01X00T47', 'KUBERNETES'],
    },
    {
      entity: 'DE_ID_CARD',
      alone: ['T22000129', 'L01X00T471'],
      announced: [['Personalausweis L01X00T47', 'L01X00T47']],
      nothing: ['L01X00T470', 'T2200012'],
    },
    {
      entity: 'DE_FUEHRERSCHEIN',
      announced: [['Führerschein B072RRE2I55', 'B072RRE2I55']],
      nothing: ['B072RRE2I55'],
    },
    {
      entity: 'DE_KFZ',
      announced: [
        ['Das Kennzeichen lautet M-AB 1234.', 'M-AB 1234'],
        ['Kfz B XY 99 E', 'B XY 99 E'],
        ['license plate LÖ-A 7', 'LÖ-A 7'],
      ],
      nothing: ['M-AB 1234', 'Kennzeichen M-AB 0123'],
    },
    {
      entity: 'DE_PLZ',
      announced: [
        ['PLZ 10115 Berlin', '10115'],
        ['Postleitzahl: D-80331', 'D-80331'],
      ],
      nothing: ['10115', 'PLZ 00123', 'it took 10115 ms'],
    },
    {
      // Examples of the pension insurance.
      entity: 'DE_SOCIAL_SECURITY',
      alone: ['15070649C103', '15 070649 C 103', '65180539W001'],
      nothing: ['15070649C104', '15073249C103', '15070649C1030'],
    },
    {
      entity: 'DE_HEALTH_INSURANCE',
      alone: ['A123456780'],
      announced: [['Versichertennummer A123456780', 'A123456780']],
      nothing: ['A123456781', 'KVNR A123456782'],
    },
    {
      entity: 'DE_LANR',
      announced: [['LANR 123456601', '123456601']],
      nothing: ['123456601', 'LANR 123456701'],
    },
    {
      entity: 'DE_BSNR',
      announced: [['Betriebsstättennummer 721111100', '721111100']],
      nothing: ['721111100'],
    },
  ])
})
