import { describe, expect, it } from 'vitest'
import { findEntities } from '../find-entities.ts'
import { found } from '../fixtures/found.ts'
import { planOf } from '../fixtures/scan-in-pieces.ts'

describe('what stands around a value', () => {
  it('is no US number behind words for a Canadian one', () => {
    const text = 'My social insurance number is 130692544.'
    expect(found('CA_SIN', text)).toEqual(['130692544'])
    expect(found('US_SSN', text)).toEqual([])
    expect(found('US_SSN', 'My social is 536228726.')).toEqual(['536228726'])
  })

  it.each([
    ['KR_RRN', '900101-1234568입니다', '900101-1234568'],
    ['CN_RESIDENT_ID', '号码是11010519491231002X的', '11010519491231002X'],
    ['JP_MY_NUMBER', 'マイナンバー 6214 9832 0257です', '6214 9832 0257'],
  ])('may be a particle of a script without spaces: %s in %s', (entity, text, value) => {
    expect(found(entity, text)).toEqual([value])
  })

  it('may be no letter of other scripts, and nothing that counts', () => {
    expect(found('KR_RRN', '900101-1234568x')).toEqual([])
    expect(found('KR_RRN', '900101-1234568я')).toEqual([])
    expect(found('KR_RRN', '900101-1234568원')).toEqual([])
  })

  it('may call a plain number something that nobody looks for', () => {
    const plan = planOf({ entities: ['US_NPI', 'UK_NHS', 'ABA_ROUTING_NUMBER'] })
    const typesIn = (text: string) => findEntities(text, 'request', plan).map(({ type }) => type)
    for (const word of ['Order', 'order number', 'Tracking no.', 'invoice #', 'phone:'])
      for (const number of ['1245319599', '9434765919', '021000021'])
        expect(typesIn(`${word} ${number}`)).toEqual([])
    expect(typesIn('order by NPI 1245319599')).toEqual(['US_NPI'])
    expect(typesIn('they order 943 476 5919')).toEqual(['UK_NHS'])
    expect(typesIn('it is 9434765919')).toEqual(['UK_NHS'])
  })
})
