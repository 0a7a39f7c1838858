import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { entityNames } from '../entity-types.ts'
import {
  findingsInOrder,
  piecesOf,
  place,
  policyOf,
  scan,
  steps,
} from '../fixtures/scan-in-pieces.ts'

const policy = policyOf({ entities: entityNames, pci_mode: true })

/** Whatever may always go on: a text of them holds no place that no entity spans. */
const fillers = ['!', '-', '#', '~', 'A', 'x.', '/', '12 ', '(12) ', '- ', '7 ', '1.5 ', 'Na ', 'é']
const entities = [
  'john.smith@example.com',
  ' john.smith@example.com',
  '"john smith"@example.com',
  '4111 1111 1111 1111',
  '(415) 555-1234',
  '+1 415 555 1234',
  '123-45-6789',
  'DE89370400440532013000',
  'GB82 WEST 1234 5698 7654 32',
  '192.168.10.12',
  '2001:db8::8a2e:370:7334',
  '1EG4 TE5 MK73',
  '912-73-1234',
  `${'long.'.repeat(24)}name@${'mail.'.repeat(40)}example.com`,
]

const filled = (filler: string, length: number) =>
  filler.repeat(Math.ceil(length / filler.length)).slice(-length)

interface Found {
  readonly type: string
  readonly start: number
  readonly end: number
}

/** What is found in and around the entity. */
function foundAt(found: readonly Found[], { start, end }: { start: number; end: number }) {
  return found
    .filter((one) => one.start < end && one.end > start)
    .map((one) => `${one.type} ${one.start} ${one.end}`)
}

describe('what stands where the longest block is cut', () => {
  it.each(fillers)('is found behind any number of %j', (filler) => {
    for (const entity of entities) {
      const short = filled(filler, 60)
      const expected = scan(policy, [`${short}${entity} now`])
        .filter((one) => one.end > 60)
        .map(({ type, end }) => `${type} ${end - 60}`)
      for (let length = 700; length < 1200; length += 13) {
        const found = scan(policy, [`${filled(filler, length)}${entity} now`])
          .filter((one) => one.end > length)
          .map(({ type, end }) => `${type} ${end - length}`)
        expect(found, `${length} before ${entity}`).toEqual(expected)
      }
    }
  })

  it('is what inspect finds there, whatever the pieces', () => {
    let holding = 0
    fc.assert(
      fc.property(
        fc.constantFrom(...fillers),
        fc.constantFrom(...entities),
        fc.integer({ min: 0, max: 3000 }),
        fc.integer({ min: 0, max: 1500 }),
        fc.integer({ min: 1, max: 400 }),
        (filler, entity, before, after, piece) => {
          const text = `${filled(filler, before)}${entity} ${filled(filler, after)}`
          const span = { start: before, end: before + entity.length }
          const inspected = policy.inspect?.({ ...place, kind: 'text', text }, 'response') ?? []
          const scanner = policy.scan?.(place)
          if (scanner === undefined) throw new Error('the policy cannot scan')
          const scanned = findingsInOrder(steps(scanner, piecesOf(text, piece)), 1280)
          expect(scanned).toEqual(scan(policy, [text]))
          expect(foundAt(scanned, span)).toEqual(foundAt(inspected, span))
          if (foundAt(scanned, span).length > 0) holding += 1
        },
      ),
      { numRuns: 600 },
    )
    expect(holding).toBeGreaterThan(300)
  })
})
