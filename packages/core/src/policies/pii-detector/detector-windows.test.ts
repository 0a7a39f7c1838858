import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { window as cardDetails } from './entities/card-details.ts'
import { window as creditCard } from './entities/credit-card.ts'
import { window as customPattern } from './entities/custom-pattern.ts'
import { window as emailAddress } from './entities/email-address.ts'
import { window as ibanCode } from './entities/iban-code.ts'
import { window as ipAddress } from './entities/ip-address.ts'
import { window as person } from './entities/person.ts'
import { window as phoneNumber } from './entities/phone-number.ts'
import { window as urlPath } from './entities/url-path.ts'
import { window as usSsn } from './entities/us-ssn.ts'
import type { DetectorWindow } from './entity-detector.ts'
import { entityNames } from './entity-types.ts'
import { findEntities } from './find-entities.ts'
import { planOf } from './fixtures/scan-in-pieces.ts'
import { window as recognized } from './recognizers/find-recognized.ts'

const plan = planOf({ entities: entityNames, pci_mode: true })

const samples: readonly (readonly [string, DetectorWindow, string])[] = [
  ['an e-mail address', emailAddress, 'anna@example.org'],
  ['an IBAN', ibanCode, 'DE89 3704 0044 0532 0130 00'],
  ['a card', creditCard, '4111 1111 1111 1111'],
  ['a card behind a cue', creditCard, 'my card number is 501800000009'],
  ['a security code', cardDetails, 'cvv: 123'],
  ['an SSN behind a cue', usSsn, 'social security number 536228726'],
  ['an IPv6 address', ipAddress, 'fe80::1%eth0'],
  ['a phone number behind a cue', phoneNumber, 'call me back later at 467 3395'],
  ['a value with spaces behind a cue', recognized, 'national provider identifier 1234 567 893'],
  ['a name behind a cue', person, 'my name is Quillsworth'],
]

describe('what a detector reads of an answer', () => {
  it.each([...samples, ['a URL', urlPath, ''] as const, ['a pattern', customPattern, ''] as const])(
    'is bounded for %s',
    (_, window) => {
      expect(window.lookBehind).toBeLessThanOrEqual(256)
      expect(window.reach).toBeLessThanOrEqual(1024)
    },
  )

  it.each(samples)(
    'is enough for %s: text outside the window changes nothing',
    (_, window, sample) => {
      const filler = fc
        .array(fc.constantFrom('so', 'we ran', 'the model', 'again,', 'fine.', '\n'), {
          minLength: 150,
          maxLength: 200,
        })
        .map((words) => words.join(' '))
      fc.assert(
        fc.property(filler, filler, (before, after) => {
          const text = `${before} ${sample} ${after}`
          const whole = findEntities(text, 'response', plan)
          expect(whole).toHaveLength(1)
          const { start, end } = whole[0]!
          const from = start - window.lookBehind
          const cropped = text.slice(from, start + window.reach)
          expect(findEntities(cropped, 'response', plan)).toEqual([
            { ...whole[0], start: start - from, end: end - from },
          ])
        }),
        { numRuns: 50 },
      )
    },
  )
})
