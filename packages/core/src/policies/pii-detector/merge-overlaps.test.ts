import { describe, expect, it } from 'vitest'
import { JoinedFindings } from '../../scan/joined-findings.ts'
import { mergeOverlaps } from '../../scan/merge-overlaps.ts'
import type { Detected } from './entity-detector.ts'
import { policyOf, scan } from './fixtures/scan-in-pieces.ts'

function finding(start: number, end: number, given: Partial<Detected> = {}): Detected {
  return { rule: 'r', type: 'CUSTOM', start, end, score: 500, ...given }
}

const card = { type: 'CREDIT_CARD', proven: true } as const

describe('findings that overlap', () => {
  it('become one over all they cover', () => {
    expect(mergeOverlaps([finding(5, 9), finding(0, 6), finding(9, 12)])).toMatchObject([
      { start: 0, end: 9 },
      { start: 9, end: 12 },
    ])
  })

  it('are what a checksum proves, then what the longest says, then what is surest', () => {
    const type = (...found: Detected[]) => mergeOverlaps(found).map((one) => one.type)
    expect(type(finding(0, 30), finding(5, 9, card))).toEqual(['CREDIT_CARD'])
    expect(type(finding(5, 9, card), finding(0, 6))).toEqual(['CREDIT_CARD'])
    expect(type(finding(0, 6, { type: 'PERSON' }), finding(5, 9))).toEqual(['PERSON'])
    expect(type(finding(0, 4), finding(0, 4, { type: 'PERSON', score: 501 }))).toEqual(['PERSON'])
  })

  it('compare by their own length, not by what was joined before', () => {
    const found = [
      finding(0, 4),
      finding(3, 8, { type: 'IP_ADDRESS' }),
      finding(7, 13, { type: 'PERSON' }),
    ]
    expect(mergeOverlaps(found)).toMatchObject([{ start: 0, end: 13, type: 'PERSON' }])
  })

  it('take the marker of a card when a pattern of the customer covers more', () => {
    const policy = policyOf({ detect_patterns: ['card: [0-9 ]+'] })
    const text = 'card: 4111 1111 1111 1111.'
    const segment = { address: 'a', role: 'user', field: 'content', kind: 'text', text } as const
    const expected = [{ start: 0, end: 25, proven: true, replacement: '[CREDIT_CARD_REDACTED]' }]
    expect(policy.inspect?.(segment, 'request')).toMatchObject(expected)
    expect(scan(policy, [text])).toMatchObject(expected)
  })
})

describe('findings of several detectors', () => {
  it('come out joined in whichever order they came in', () => {
    const all = [
      finding(0, 6),
      finding(5, 9, card),
      finding(20, 200),
      finding(150, 240),
      finding(300, 301),
    ]
    const expected = [
      { start: 0, end: 9, type: 'CREDIT_CARD' },
      { start: 20, end: 200 },
      { start: 200, end: 240 },
      { start: 300, end: 301 },
    ]
    const atOnce = new JoinedFindings<Detected>()
    atOnce.add(all)
    expect(atOnce.settle(400).found).toMatchObject(expected)
    const later = new JoinedFindings<Detected>()
    const found: Detected[] = []
    for (const one of all) {
      later.add([one])
      found.push(...later.settle(one.start + 1).found)
    }
    expect([...found, ...later.settle(400).found]).toMatchObject(expected)
  })

  it('wait until nothing can overlap them any more, unless they are long', () => {
    const joined = new JoinedFindings<Detected>()
    joined.add([finding(10, 20)])
    expect(joined.settle(15)).toEqual({ found: [], decided: 10 })
    expect(joined.settle(20)).toMatchObject({ found: [{ start: 10, end: 20 }], decided: 20 })
    joined.add([finding(30, 500)])
    expect(joined.settle(31)).toMatchObject({ found: [{ start: 30, end: 500 }], decided: 500 })
  })
})
