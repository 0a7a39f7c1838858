import { describe, expect, it } from 'vitest'
import { found } from '../../fixtures/found.ts'

// Addresses: BIP 13, 173 and 350, EIP-55. VIN: 49 CFR 565. Hardware addresses: RFC 7042, 2.1.
const right: readonly (readonly [entity: string, text: string, value: string])[] = [
  ['CRYPTO', 'to 1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2!', '1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2'],
  ['CRYPTO', '3P14159f73E4gFr7JterCCQh9QjiTjiZrG', '3P14159f73E4gFr7JterCCQh9QjiTjiZrG'],
  [
    'CRYPTO',
    'BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4',
    'BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4',
  ],
  [
    'CRYPTO',
    'send to bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0.',
    'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0',
  ],
  [
    'CRYPTO',
    '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
    '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
  ],
  [
    'CRYPTO',
    'my wallet 0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed',
    '0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed',
  ],
  ['DATE_TIME', 'on 2026-11-27T08:30:00.5+01:00 we', '2026-11-27T08:30:00.5+01:00'],
  ['DATE_TIME', 'on 27.11.2026 we', '27.11.2026'],
  ['DATE_TIME', 'on 11/27/26, we', '11/27/26'],
  ['DATE_TIME', 'on November 27, 2026 we', 'November 27, 2026'],
  ['DATE_TIME', 'the 3rd of March 2024.', '3rd of March 2024'],
  ['DATE_TIME', 'by 27-nov-2026', '27-nov-2026'],
  ['DATE_TIME', 'on May 5 we', 'May 5'],
  ['DATE_TIME', 'since 1987.', '1987'],
  ['DATE_TIME', 'at 10:30 pm', '10:30 pm'],
  ['DATE_OF_BIRTH', 'DOB: 04/12/1986', '04/12/1986'],
  ['DATE_OF_BIRTH', 'She was born on April 12, 1986.', 'April 12, 1986'],
  ['DATE_OF_BIRTH', 'née le 12/04/1986', '12/04/1986'],
  ['DATE_OF_BIRTH', '12/04/1986 (date of birth)', '12/04/1986'],
  ['MAC_ADDRESS', 'from 00:00:5e:00:53:af to', '00:00:5e:00:53:af'],
  ['MAC_ADDRESS', '00-00-5E-00-53-AF', '00-00-5E-00-53-AF'],
  ['MAC_ADDRESS', '0000.5e00.53af', '0000.5e00.53af'],
  ['MAC_ADDRESS', '00:00:5e:ef:10:00:00:01', '00:00:5e:ef:10:00:00:01'],
  ['MAC_ADDRESS', 'MAC 00005e0053af', '00005e0053af'],
  ['SWIFT_CODE', 'BIC: DEUTDEFF500', 'DEUTDEFF500'],
  ['VEHICLE_IDENTIFICATION_NUMBER', 'VIN 1M8GDM9AXKP042788', '1M8GDM9AXKP042788'],
  ['URL', 'see https://example.com/a?b=1#c.', 'https://example.com/a?b=1#c'],
  ['URL', '(www.example.org)', 'www.example.org'],
  ['URL', 'at http://[2001:db8::1]:8080/x', 'http://[2001:db8::1]:8080/x'],
]

const wrong: readonly (readonly [entity: string, text: string])[] = [
  ['CRYPTO', '1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3'],
  ['CRYPTO', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5'],
  ['CRYPTO', '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed'],
  ['CRYPTO', '0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed'],
  ['DATE_TIME', 'I may 5 times march 3 miles'],
  ['DATE_TIME', 'version 5.20.2021.1, ratio 4/5, id 1987'],
  ['DATE_TIME', 'Today is5/21/2024'],
  ['DATE_OF_BIRTH', 'The meeting is on 04/12/2026.'],
  ['MAC_ADDRESS', 'ff:ff:ff:ff:ff:ff, 00:00:5e:00:53, at 10:20:30:40:50:60:70'],
  ['MAC_ADDRESS', 'sha 00005e0053af'],
  ['SWIFT_CODE', 'DEUTDEFF'],
  ['SWIFT_CODE', 'swift CODEXXFF'],
  ['VEHICLE_IDENTIFICATION_NUMBER', '1M8GDM9AXKP042788'],
  ['VEHICLE_IDENTIFICATION_NUMBER', 'VIN 1M8GDM9A0KP042788'],
  ['URL', 'setup.py, self.id, ann@example.com, http://host, a.b'],
]

it.each(right)('%s is read in %s', (entity, text, value) => {
  expect(found(entity, text)).toEqual([value])
})

it.each(wrong)('no %s is read in %s', (entity, text) => {
  expect(found(entity, text)).toEqual([])
})

describe('cues', () => {
  it('stand before a value, at most five words off', () => {
    expect(found('US_PASSPORT', 'the passport that she showed us was 123456789')).toHaveLength(1)
    expect(found('US_PASSPORT', 'the passport of which we made a copy was 123456789')).toEqual([])
  })

  it('stand behind a value in its sentence, in requests only', () => {
    const text = '123456789 is her passport'
    expect(found('US_PASSPORT', text)).toHaveLength(1)
    expect(found('US_PASSPORT', text, {}, 'response')).toEqual([])
    expect(found('US_PASSPORT', '123456789. A passport is needed.')).toEqual([])
  })

  it('are whole words, without regard to case, accents and plural', () => {
    for (const cue of [
      'PASSPORT',
      'passports:',
      'passport_number =',
      'passportNumber:',
      'Pässport',
    ])
      expect(found('US_PASSPORT', `${cue} 123456789`), cue).toHaveLength(1)
    for (const cue of ['passporting', 'compassport'])
      expect(found('US_PASSPORT', `${cue} 123456789`), cue).toEqual([])
  })

  it('speak for the next value only', () => {
    expect(found('US_PASSPORT', 'passport 123456789, order 987654321')).toEqual(['123456789'])
  })
})
