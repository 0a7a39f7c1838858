import { describe } from 'vitest'
import { testCases } from '../fixtures/country-cases.ts'

// Values without another source are those of the documentation of the national authorities, or made up with their check digit.
describe('Nordic countries', () => {
  testCases([
    {
      entity: 'FI_PERSONAL_IDENTITY_CODE',
      alone: ['131052-308T', '131052+308t'],
      announced: [['Henkilötunnus: 131052-308T', '131052-308T']],
      nothing: ['131052-308U', '311352-308T', '131052-3088'],
    },
    {
      // Test numbers of the Swedish tax agency.
      entity: 'SE_PERSONNUMMER',
      alone: ['811218-9876', '19811218-9876', '8112189876', '811218+9876'],
      announced: [['Personnummer 19811218 9876', '19811218 9876']],
      nothing: ['811218-9875', '811318-9876', '20261127-0130'],
    },
    {
      entity: 'SE_ORGANISATIONSNUMMER',
      alone: ['556036-0793', '5560360793'],
      nothing: ['556036-0794', '811218-9876'],
    },
    {
      entity: 'DK_CPR',
      alone: ['211062-5629'],
      announced: [
        ['CPR 2110625629', '2110625629'],
        ['CPR-nummer: 070761-4285', '070761-4285'],
      ],
      nothing: ['211362-5629', '2110625629', '311162-5629'],
    },
    {
      entity: 'DK_CVR',
      alone: ['DK13585628', 'DK 13 58 56 28'],
      announced: [['CVR 13585628', '13585628']],
      nothing: ['13585628', 'DK13585627'],
    },
    {
      entity: 'NO_FODSELSNUMMER',
      alone: ['15108695088', '151086 95088'],
      nothing: ['15108695077', '15138695088'],
    },
    {
      entity: 'NO_ORGANISASJONSNUMMER',
      alone: ['988 077 917 MVA'],
      announced: [['Org.nr 988077917', '988077917']],
      nothing: ['988 077 917', 'orgnr 988077918'],
    },
    {
      entity: 'IS_KENNITALA',
      alone: ['450401-3150', '120174-3399'],
      nothing: ['450401-3160', '4504013150'],
    },
  ])
})

describe('Benelux, Alps, islands', () => {
  testCases([
    {
      entity: 'NL_BSN',
      alone: ['111.222.333'],
      announced: [
        ['BSN: 111222333', '111222333'],
        ['Mijn burgerservicenummer is 123456782', '123456782'],
      ],
      nothing: ['111222333', 'BSN 111252333', '111 222 333'],
    },
    {
      entity: 'NL_VAT',
      alone: ['NL123456782B90', 'NL 1234.56.782.B90'],
      nothing: ['NL123456782C90'],
    },
    {
      entity: 'NL_PASSPORT',
      announced: [['paspoort SPECI2014', 'SPECI2014']],
      nothing: ['SPECI2014'],
    },
    {
      entity: 'NL_POSTCODE',
      announced: [['postcode 1012 AB', '1012 AB']],
      nothing: ['1012 AB', 'postcode 1012 SS'],
    },
    {
      entity: 'BE_NATIONAL_NUMBER',
      alone: ['85.07.30-033.28', '85.07.30-033 28', '85073003328', '17073003384'],
      nothing: ['85.07.30-033.29', '85073003329'],
    },
    {
      entity: 'BE_ENTERPRISE_NUMBER',
      alone: ['BE 0428.759.497', '0428.759.497', 'BE403019261'],
      nothing: ['0428.759.498', '0428759497'],
    },
    {
      entity: 'AT_SVNR',
      alone: ['1237 010180', '1237010180'],
      nothing: ['2237 010180', '1237 320180'],
    },
    { entity: 'AT_VAT', alone: ['ATU13585627'], nothing: ['ATU13585626'] },
    {
      // The number of the card on the insurance's own page.
      entity: 'CH_AHV',
      alone: ['756.9217.0769.85', '7569217076985'],
      nothing: ['756.9217.0769.84', '755.9217.0769.85'],
    },
    {
      entity: 'CH_UID',
      alone: ['CHE-100.155.212', 'CHE100155212 MWST'],
      nothing: ['CHE-100.155.213'],
    },
    {
      entity: 'IE_PPS',
      alone: ['6433435F', '6433435OA', '6433435-F'],
      nothing: ['6433435E', '6433435VB'],
    },
    { entity: 'IE_EIRCODE', announced: [['Eircode D02 AF30', 'D02 AF30']], nothing: ['D02 AF30'] },
  ])
})

describe('Southern and eastern Europe', () => {
  testCases([
    {
      entity: 'PT_NIF',
      alone: ['PT501964843'],
      announced: [['NIF 501 964 843', '501 964 843']],
      nothing: ['501964843', 'NIF 501964842'],
    },
    { entity: 'PT_CITIZEN_CARD', alone: ['00000000 0 ZZ4'], nothing: ['00000000 0 ZZ3'] },
    {
      entity: 'PL_PESEL',
      alone: ['44051401359', '02070803628'],
      nothing: ['44051401358', '44131401359', 'PESEL 44051401350'],
    },
    {
      entity: 'PL_NIP',
      alone: ['856-734-62-15', 'PL8567346215'],
      announced: [['NIP 8567346215', '8567346215']],
      nothing: ['8567346215', '856-734-62-16'],
    },
    {
      entity: 'PL_REGON',
      announced: [['REGON 192598184', '192598184']],
      nothing: ['192598184', 'REGON 192598183'],
    },
    {
      entity: 'PL_ID_CARD',
      announced: [['dowód osobisty ABA300000', 'ABA300000']],
      nothing: ['ABA300000', 'dowód ABA400000'],
    },
    {
      entity: 'PL_PASSPORT',
      announced: [['paszport ZS0000177', 'ZS0000177']],
      nothing: ['ZS0000177', 'paszport ZS1000177'],
    },
    {
      entity: 'CZ_BIRTH_NUMBER',
      alone: ['710319/2745', '7103192745'],
      announced: [['rodné číslo 531231/123', '531231/123']],
      nothing: ['710319/2746', '711319/2745', '531231/123'],
    },
    {
      entity: 'CZ_ICO',
      announced: [['IČO 25123891', '25123891']],
      nothing: ['25123891', 'IČO 25123890'],
    },
    { entity: 'RO_CNP', alone: ['1630615123457'], nothing: ['1630615123458', '1764207827123'] },
    { entity: 'BG_EGN', alone: ['7523169263'], nothing: ['7523169264'] },
    {
      entity: 'HR_OIB',
      alone: ['HR33392005961'],
      announced: [['OIB 33392005961', '33392005961']],
      nothing: ['33392005961'],
    },
    {
      entity: 'HU_TAJ',
      announced: [['TAJ szám: 111 111 110', '111 111 110']],
      nothing: ['111 111 110'],
    },
    {
      entity: 'HU_TAX_ID',
      announced: [['adóazonosító jel 8071592153', '8071592153']],
      nothing: ['8071592153'],
    },
    { entity: 'SI_EMSO', alone: ['0101006500006'], nothing: ['0101006500007'] },
    {
      entity: 'GR_AFM',
      alone: ['EL094259216'],
      announced: [['ΑΦΜ 094259216', '094259216']],
      nothing: ['094259216'],
    },
    { entity: 'GR_AMKA', alone: ['01013099997'], nothing: ['01013099999'] },
    { entity: 'EE_ISIKUKOOD', alone: ['37605030299'], nothing: ['37605030298'] },
    { entity: 'LT_ASMENS_KODAS', alone: ['33309240064'], nothing: ['33309240065'] },
    {
      entity: 'LV_PERSONAS_KODS',
      alone: ['161175-19997'],
      announced: [['personas kods 32867300679', '32867300679']],
      nothing: ['161175-19998'],
    },
    {
      entity: 'TR_NATIONAL_ID',
      alone: ['17291716060', '10000000146'],
      nothing: ['17291716061', '07291716060'],
    },
    {
      entity: 'TR_LICENSE_PLATE',
      announced: [['plaka 34 ABC 123', '34 ABC 123']],
      nothing: ['34 ABC 123'],
    },
    {
      entity: 'TR_VKN',
      announced: [['vergi no 4540536920', '4540536920']],
      nothing: ['4540536920', 'VKN 4540536921'],
    },
    {
      entity: 'IL_ID_NUMBER',
      announced: [['תעודת זהות 039337423', '039337423']],
      nothing: ['039337423'],
    },
  ])
})

describe('Africa and Asia', () => {
  testCases([
    {
      entity: 'ZA_ID_NUMBER',
      alone: ['8001015009087', '800101 5009 087'],
      nothing: ['8001015009088', '8013015009087'],
    },
    { entity: 'ZA_COMPANY_REGISTRATION', alone: ['2001/123456/07'], nothing: ['2001/12345/07'] },
    {
      entity: 'ZA_INCOME_TAX_NUMBER',
      announced: [['SARS tax reference 0123456789', '0123456789']],
      nothing: ['0123456789'],
    },
    {
      entity: 'ZA_VAT_NUMBER',
      announced: [['VAT 4123456789', '4123456789']],
      nothing: ['4123456789'],
    },
    {
      entity: 'ZA_TRAFFIC_REGISTER_NUMBER',
      announced: [['TRN 1234567890123', '1234567890123']],
      nothing: ['1234567890123'],
    },
    {
      entity: 'ZA_PASSPORT',
      announced: [['passport A12345678', 'A12345678']],
      nothing: ['A12345678'],
    },
    {
      entity: 'ZA_DRIVER_LICENSE',
      announced: [['licence number 60460001KRTX', '60460001KRTX']],
      nothing: ['60460001KRTX'],
    },
    {
      entity: 'ZA_LICENSE_PLATE',
      announced: [
        ['number plate CA 123-456', 'CA 123-456'],
        ['plate BB 12 CC GP', 'BB 12 CC GP'],
      ],
      nothing: ['BB 12 CC GP'],
    },
    { entity: 'NG_NIN', announced: [['NIN 12345678902', '12345678902']], nothing: ['12345678902'] },
    {
      entity: 'NG_VEHICLE_REGISTRATION',
      alone: ['ABC-123DE', 'ABC 123 DE'],
      nothing: ['AB-123DE'],
    },
    {
      entity: 'NG_BVN',
      announced: [['BVN: 22123456789', '22123456789']],
      nothing: ['22123456789'],
    },
    {
      entity: 'KR_RRN',
      alone: ['960121-1234567', '9601211234567'],
      nothing: ['961321-1234567', '960121-5234567'],
    },
    { entity: 'KR_FRN', alone: ['960121-5234567'], nothing: ['960121-1234567', '961332-5234567'] },
    {
      entity: 'KR_BRN',
      alone: ['116-82-00276', '1168200276'],
      nothing: ['116-82-00277', '1764207827'],
    },
    { entity: 'KR_PASSPORT', announced: [['여권 M123A4567', 'M123A4567']], nothing: ['M123A4567'] },
    {
      entity: 'KR_DRIVER_LICENSE',
      alone: ['11-01-123456-01'],
      announced: [['운전면허번호 110112345601', '110112345601']],
      nothing: ['29-01-123456-01', '110112345601'],
    },
    {
      entity: 'PH_PASSPORT',
      announced: [['Philippine passport P1234567A', 'P1234567A']],
      nothing: ['P1234567A'],
    },
    {
      entity: 'PH_TIN',
      announced: [['TIN 123-456-789-000', '123-456-789-000']],
      nothing: ['123-456-789'],
    },
    { entity: 'PH_UMID', alone: ['0111-1234567-8'], nothing: ['0111-123456-8'] },
    {
      entity: 'PH_SSS',
      announced: [['SSS 34-1234567-8', '34-1234567-8']],
      nothing: ['34-1234567-8'],
    },
    {
      entity: 'PH_PHILHEALTH',
      announced: [['PhilHealth 12-123456789-1', '12-123456789-1']],
      nothing: ['12-123456789-1'],
    },
    {
      entity: 'SG_NRIC_FIN',
      alone: ['S1234567D', 's1234567d', 'S0000001I'],
      announced: [['NRIC S1234567A', 'S1234567A']],
      nothing: ['S1234567A', 'A1234567D'],
    },
    {
      entity: 'SG_UEN',
      alone: ['00192200M', '197401143C', 'S16FC0121D'],
      nothing: ['00192200N', '197401143D', 'S16XX0121D'],
    },
    {
      entity: 'TH_TNIN',
      alone: ['1234545678781', '1-2345-45678-78-1'],
      nothing: ['1234545678782', '1764207827123'],
    },
    {
      entity: 'CN_RESIDENT_ID',
      alone: ['11010519491231002X', '440524188001010014'],
      nothing: ['110105194912310021', '110105194913310020'],
    },
    {
      entity: 'HK_ID_CARD',
      alone: ['G123456(A)'],
      announced: [['HKID G123456A', 'G123456A']],
      nothing: ['G123456(7)', 'G123456A'],
    },
    { entity: 'TW_NATIONAL_ID', alone: ['A123456789'], nothing: ['A123456788', 'A323456789'] },
    {
      entity: 'JP_MY_NUMBER',
      announced: [['マイナンバー 6214 9832 0257', '6214 9832 0257']],
      nothing: ['6214 9832 0257', 'My Number 621498320258'],
    },
    {
      entity: 'JP_PASSPORT',
      announced: [['パスポート TK1234567', 'TK1234567']],
      nothing: ['TK1234567'],
    },
  ])
})

describe('Latin America', () => {
  testCases([
    {
      entity: 'MX_CURP',
      alone: ['BOXW310820HNERXN09'],
      nothing: ['BOXW310820HNERXN08', 'BOXW311320HNERXN09'],
    },
    {
      entity: 'MX_RFC',
      announced: [['RFC GODE561231GR8', 'GODE561231GR8']],
      nothing: ['GODE561231GR8', 'RFC GODE561331GR8'],
    },
    {
      entity: 'AR_CUIT',
      alone: ['20-05536168-2'],
      announced: [['CUIT 20055361682', '20055361682']],
      nothing: ['20-05536168-3', '20055361682'],
    },
    { entity: 'AR_DNI', announced: [['DNI 30.123.456', '30.123.456']], nothing: ['30.123.456'] },
    {
      entity: 'CL_RUT',
      alone: ['12.531.909-2'],
      announced: [['RUT 12531909-2', '12531909-2']],
      nothing: ['12.531.909-3', '12531909-2'],
    },
  ])
})
