import { describe, expect, it } from 'vitest'
import { entityNames } from './entity-types.ts'
import type { Given } from './fixtures/scan-in-pieces.ts'
import { place, policyOf, scan } from './fixtures/scan-in-pieces.ts'

/** What is found in a request, and the same in an answer. */
function types(text: string, given: Given): string[] {
  const policy = policyOf(given)
  const found = policy.inspect?.({ ...place, kind: 'text', text }, 'request') ?? []
  expect(scan(policy, [text])).toEqual(
    policy.inspect?.({ ...place, kind: 'text', text }, 'response'),
  )
  return found.map(({ type, start, end }) => `${type} ${text.slice(start, end)}`)
}

describe('thresholds', () => {
  const text = 'call 4155552671, passport 123456789'
  const entities = ['PHONE_NUMBER', 'US_PASSPORT']

  it('say from which score on findings count', () => {
    expect(types(text, { entities })).toHaveLength(2)
    expect(types(text, { entities, threshold: 0.72 })).toEqual(['PHONE_NUMBER 4155552671'])
    expect(types(text, { entities, threshold: 1 })).toEqual([])
    expect(types('123456789', { entities, threshold: 0.05 })).toEqual(['US_PASSPORT 123456789'])
  })

  it('may differ by entity, by any of its names', () => {
    const thresholds = { phone: 0.9, passport: 0.5 }
    expect(types(text, { entities, thresholds })).toEqual(['US_PASSPORT 123456789'])
  })
})

describe('own cue words', () => {
  const rule = { entity: 'US_PASSPORT', words: ['reisepapier'], weight: 0.4, before: 64, after: 0 }

  it('raise the score of a weak form', () => {
    const given = { entities: ['US_PASSPORT'], context: [rule] }
    expect(types('Reisepapier: 123456789', given)).toEqual(['US_PASSPORT 123456789'])
    expect(types('Papier: 123456789', given)).toEqual([])
  })

  it('count near enough only', () => {
    const given = { entities: ['US_PASSPORT'], context: [{ ...rule, before: 14 }] }
    expect(types('Reisepapier: 123456789', given)).toHaveLength(1)
    expect(types('Reisepapier von ihr: 123456789', given)).toEqual([])
  })

  it('lower a score with a negative weight, behind a value in requests only', () => {
    const context = [{ entity: 'card', words: ['test'], weight: -1, before: 32, after: 16 }]
    const policy = policyOf({ entities: ['CREDIT_CARD'], context })
    const all = (text: string, direction: 'request' | 'response') =>
      policy.inspect?.({ ...place, kind: 'text', text }, direction)
    expect(all('the test number 4111 1111 1111 1111', 'request')).toEqual([])
    expect(all('4111 1111 1111 1111 is a test', 'request')).toEqual([])
    expect(all('4111 1111 1111 1111 is a test', 'response')).toHaveLength(1)
    expect(all('my number 4111 1111 1111 1111', 'request')).toHaveLength(1)
  })
})

describe('the allow list', () => {
  it('takes values and patterns out, also of own patterns', () => {
    const given = {
      allow_list: ['Support@Example.com', '10.0.0.1', 'EMP-000000'],
      allow_patterns: ['.*@example\\.org'],
      detect_patterns: ['EMP-\\d{6}'],
    }
    const text =
      'support@example.com, ann@example.org, ann@example.com, 10.0.0.1, 10.0.0.2, EMP-000000, EMP-000001'
    expect(types(text, given)).toEqual([
      'EMAIL_ADDRESS ann@example.com',
      'IP_ADDRESS 10.0.0.2',
      'CUSTOM EMP-000001',
    ])
  })
})

describe('the deny list', () => {
  const given = {
    entities: ['EMAIL_ADDRESS'],
    deny_list: [
      { type: 'project', terms: ['Blue Heron', 'X-17'] },
      { type: 'CUSTOM', terms: ['Łódź plant'] },
    ],
  }

  it('reports whole words whatever their case', () => {
    expect(types('The blue HERON and x-17 at the łódź plant.', given)).toEqual([
      'PROJECT blue HERON',
      'PROJECT x-17',
      'CUSTOM łódź plant',
    ])
    expect(types('blue heronry, x-170, bluebird', given)).toEqual([])
  })

  it('wins over an entity that it is a part of', () => {
    expect(types('ann@x-17.example.com', given)).toEqual(['PROJECT ann@x-17.example.com'])
  })

  it('names the marker, which may be the own', () => {
    const redaction = { custom_markers: { project: '<P>' } }
    const policy = policyOf({ ...given, redaction })
    const text = 'Blue Heron at łódź plant'
    expect(scan(policy, [text]).map(({ replacement }) => replacement)).toEqual([
      '<P>',
      '[CUSTOM_REDACTED]',
    ])
  })
})

describe('modes', () => {
  it('healthcare_mode adds medical numbers', () => {
    const text = 'MRN: 00123456, member ID XYZ123456789, NPI 1234567893, Medicare 1EG4-TE5-MK73'
    expect(types(text, { entities: [], healthcare_mode: true })).toEqual([
      'MEDICAL_RECORD_NUMBER 00123456',
      'HEALTH_INSURANCE_ID XYZ123456789',
      'US_NPI 1234567893',
      'US_MBI 1EG4-TE5-MK73',
    ])
    expect(types(text, { entities: [] })).toEqual([])
  })

  it('pci_mode adds what stands on cards', () => {
    const text = '4111 1111 1111 1111 12/29, exp. date: 11/27, cvv 123; due 10/28'
    expect(types(text, { entities: [], pci_mode: true })).toEqual([
      'CREDIT_CARD 4111 1111 1111 1111',
      'CARD_EXPIRY 12/29',
      'CARD_EXPIRY 11/27',
      'CVV 123',
    ])
  })
})

it.each([
  ['tax_id', ['US_EIN', 'US_ITIN']],
  ['bank account', ['IBAN_CODE', 'US_BANK_NUMBER']],
  ['drivers_license', ['US_DRIVER_LICENSE']],
  ['passport', ['US_PASSPORT']],
  ['routing_number', ['ABA_ROUTING_NUMBER']],
  ['date_of_birth', ['DATE_OF_BIRTH']],
])('%s means every entity of the kind', (name, entities) => {
  const samples: Readonly<Record<string, string>> = {
    US_EIN: 'EIN 12-3456789',
    US_ITIN: '912-73-1234',
    IBAN_CODE: 'DE89370400440532013000',
    US_BANK_NUMBER: 'account 123456789012',
    US_DRIVER_LICENSE: "driver's license D1234567",
    US_PASSPORT: 'passport 123456789',
    ABA_ROUTING_NUMBER: 'routing number 121000358',
    DATE_OF_BIRTH: 'born 1986-04-12',
  }
  for (const entity of entities) {
    expect(entityNames).toContain(entity)
    expect(types(samples[entity] ?? '', { entities: [name] })[0]).toMatch(`${entity} `)
  }
})
