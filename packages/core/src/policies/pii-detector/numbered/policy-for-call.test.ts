import { describe, expect, it } from 'vitest'
import type { Segment } from '../../../message/segment.ts'
import type { Policy, Restoration } from '../../policy.ts'
import type { Given } from '../fixtures/scan-in-pieces.ts'
import { optionsOf, piecesOf, place, policyOf, steps } from '../fixtures/scan-in-pieces.ts'

type Turn = readonly [role: string | null, text: string, field?: Segment['field']]

function call(given: Given['redaction'] = {}): Policy {
  const entities = [...optionsOf().entities, 'PERSON']
  const made = policyOf({
    entities,
    redaction: { marker_format: 'numbered', ...given },
  }).forCall?.({})
  if (made === undefined) throw new Error('the policy has no memory')
  return made
}

function segments(turns: readonly Turn[]): Segment[] {
  return turns.map(([role, text, field = 'content'], index) => ({
    ...{ address: `messages[${index}].content`, role, field, kind: 'text', text },
  }))
}

/** The texts as they are sent on. */
function send(policy: Policy, turns: readonly Turn[]): string[] {
  const all = segments(turns)
  policy.prepare?.(all)
  return all.map((segment) => edited(segment.text, policy.inspect?.(segment, 'request') ?? []))
}

function edited(
  text: string,
  edits: readonly { start: number; end: number; text?: string; replacement?: string }[],
): string {
  let output = ''
  let from = 0
  for (const { start, end, text: restored, replacement } of edits) {
    output += text.slice(from, start) + (restored ?? replacement)
    from = end
  }
  return output + text.slice(from)
}

function answered(policy: Policy, text: string, address: string = place.address): string {
  const scanner = policy.scan?.({ ...place, address })
  if (scanner === undefined) throw new Error('the policy cannot scan')
  const found = [...steps(scanner, piecesOf(text, 3))].flatMap((step) => step.found)
  return edited(text, found)
}

function restored(policy: Policy, text: string): string {
  const scanner = policy.restore?.(place)
  if (scanner === undefined) throw new Error('the policy does not restore')
  const found: Restoration[] = [...steps(scanner, piecesOf(text, 1))].flatMap((step) => step.found)
  return edited(text, found)
}

describe('numbers', () => {
  it('follow the first appearance, one sequence for each type', () => {
    const text = 'b@x.org and a@x.org, 123-45-6789, b@x.org again'
    expect(send(call(), [['user', text]])).toEqual([
      '[EMAIL_1] and [EMAIL_2], [SSN_1], [EMAIL_1] again',
    ])
  })

  it.each([
    [
      'John@Example.com, john@example.com and john\u200b@example.com',
      '[EMAIL_1], [EMAIL_1] and [EMAIL_1]',
    ],
    ['(415) 555-2671, 415-555-2671, +1 415 555 2671', '[PHONE_1], [PHONE_1], [PHONE_1]'],
    ['536-22-8726, 536 22 8726', '[SSN_1], [SSN_1]'],
    ['4111 1111 1111 1111, 4111-1111-1111-1111', '[CREDIT_CARD_1], [CREDIT_CARD_1]'],
    ['GB82WEST12345698765432, gb82 west 1234 5698 7654 32', '[IBAN_1], [IBAN_1]'],
    [
      'Maria Lopez met John Smith. Dr. Smith left.',
      '[PERSON_1] met [PERSON_2]. Dr. [PERSON_2] left.',
    ],
    [
      'John Smith met Anna Smith. Dr. Smith left.',
      '[PERSON_1] met [PERSON_2]. Dr. [PERSON_3] left.',
    ],
  ])('are the same for all spellings of a value: %s', (text, expected) => {
    expect(send(call(), [['user', text]])).toEqual([expected])
  })

  it('go on through all texts of a call, and begin anew in the next', () => {
    const turns: Turn[] = [
      ['user', 'a@x.org'],
      ['tool', 'b@x.org', 'tool_result'],
      [null, 'a@x.org', 'metadata'],
    ]
    expect(send(call(), turns)).toEqual(['[EMAIL_1]', '[EMAIL_2]', '[EMAIL_1]'])
    expect(send(call(), [['user', 'b@x.org']])).toEqual(['[EMAIL_1]'])
  })

  it('leave out those that stand in the request, also behind the value', () => {
    const turns: Turn[] = [
      ['user', 'a@x.org and b@x.org'],
      ['user', 'what is [EMAIL_1]? and \\[email\\_2\\]?'],
    ]
    const policy = call({ restore: true })
    expect(send(policy, turns)).toEqual(['[EMAIL_3] and [EMAIL_4]', turns[1]?.[1]])
    expect(restored(policy, '[EMAIL_1] [EMAIL_2] [EMAIL_3]')).toBe('[EMAIL_1] [EMAIL_2] a@x.org')
  })

  it('keep those of an assistant that had no values to give back', () => {
    const turns: Turn[] = [
      ['user', 'a@x.org'],
      ['assistant', 'I wrote to [EMAIL_1].'],
    ]
    expect(send(call(), turns)).toEqual(['[EMAIL_1]', 'I wrote to [EMAIL_1].'])
    expect(send(call({ restore: true }), turns)).toEqual(['[EMAIL_2]', 'I wrote to [EMAIL_1].'])
  })

  it('of answers are those of the request, or new ones for each choice', () => {
    const policy = call()
    send(policy, [['user', 'a@x.org, see [EMAIL_2]']])
    expect(answered(policy, 'b@x.org or A@x.org')).toBe('[EMAIL_3] or [EMAIL_1]')
    expect(answered(policy, 'c@x.org', 'choices[0].message.refusal')).toBe('[EMAIL_4]')
    expect(answered(policy, 'c@x.org', 'choices[1].message.content')).toBe('[EMAIL_3]')
  })

  it('are found at once for each choice, however many stand in the request', () => {
    const policy = call()
    const taken = Array.from({ length: 100_000 }, (_, index) => `[EMAIL_${index + 2}]`)
    send(policy, [['user', `a@x.org ${taken.join(' ')}`]])
    const answers = (from: number, count: number) => {
      const start = performance.now()
      for (let choice = from; choice < from + count; choice += 1) {
        const written = answered(policy, 'b@x.org', `choices[${choice}].message.content`)
        expect(written).toBe('[EMAIL_100002]')
      }
      return performance.now() - start
    }
    // The first walks past all of them; forty that did so would need forty times its time.
    const first = answers(0, 1)
    // The best of three: what else the machine does is not the policy's time.
    const forty = Math.min(answers(1, 40), answers(41, 40), answers(81, 40))
    expect(forty).toBeLessThan(10 * Math.max(first, 5))
  })

  it('of texts without a call stand alone', () => {
    const policy = policyOf({ redaction: { marker_format: 'numbered' } })
    const [segment] = segments([['user', 'a@x.org b@x.org']])
    const matches = policy.inspect?.(segment!, 'request') ?? []
    expect(matches.map(({ replacement }) => replacement)).toEqual(['[EMAIL_1]', '[EMAIL_2]'])
    expect(policyOf({}).forCall).toBeUndefined()
  })
})

describe('restoring', () => {
  const spellings = [
    '[EMAIL_1]',
    '[email_1]',
    '[ EMAIL_1 ]',
    '[EMAIL 1]',
    '\\[EMAIL\\_1\\]',
    '&#91;EMAIL_1&#93;',
    '&lbrack;EMAIL_1&rbrack;',
    '&lsqb;EMAIL_1&rsqb;',
    '&#x5B;Email_1&#x5D;',
  ]
  it.each(spellings)('gives the value back for %s, as first written', (spelling) => {
    const policy = call({ restore: true })
    send(policy, [['user', 'Ann.Lee@Example.com or ann.lee@example.com']])
    expect(restored(policy, `to ${spelling}!`)).toBe('to Ann.Lee@Example.com!')
  })

  it.each([
    '[EMAIL_10]',
    '[EMAIL_01]',
    '[EMAIL_1',
    '[PHONE_1]',
    'EMAIL_1',
    '[EMAIL__1]',
    '[EMAIL_1x]',
  ])('leaves %s alone', (text) => {
    const policy = call({ restore: true })
    send(policy, [['user', 'a@x.org']])
    expect(restored(policy, text)).toBe(text)
  })

  it('never gives back what a system turn or a tool definition said first', () => {
    for (const first of [
      ['system', 'a@x.org'],
      ['developer', 'a@x.org'],
      [null, 'a@x.org', 'tool_definition'],
    ] satisfies Turn[]) {
      const policy = call({ restore: true })
      expect(send(policy, [first, ['user', 'a@x.org b@x.org']])).toEqual([
        '[EMAIL_1]',
        '[EMAIL_1] [EMAIL_2]',
      ])
      expect(restored(policy, '[EMAIL_1] [EMAIL_2]')).toBe('[EMAIL_1] b@x.org')
    }
  })

  it.each(['metadata', 'other'] as const)('never gives back what stood in no turn: %s', (field) => {
    const policy = call({ restore: true })
    expect(send(policy, [[null, 'a@x.org', field]])).toEqual(['[EMAIL_1]'])
    expect(restored(policy, '[EMAIL_1]')).toBe('[EMAIL_1]')
  })

  it('gives back what the caller said first, also when a system turn repeats it', () => {
    const policy = call({ restore: true })
    send(policy, [
      ['user', 'a@x.org'],
      ['system', 'a@x.org'],
    ])
    expect(restored(policy, '[EMAIL_1]')).toBe('a@x.org')
  })

  it('never gives back what the model came up with', () => {
    const policy = call({ restore: true })
    send(policy, [['user', 'a@x.org']])
    const answer = answered(policy, 'ask z@x.org, not a@x.org')
    expect(answer).toBe('ask [EMAIL_2], not [EMAIL_1]')
    expect(restored(policy, answer)).toBe('ask [EMAIL_2], not a@x.org')
  })

  it('is there only when asked for, and keeps markers of the customer', () => {
    expect(call().restore).toBeUndefined()
    const policy = call({ restore: true, custom_markers: { email: '[EMAIL_1]' } })
    expect(send(policy, [['user', 'a@x.org']])).toEqual(['[EMAIL_1]'])
    expect(restored(policy, '[EMAIL_1]')).toBe('[EMAIL_1]')
  })
})
