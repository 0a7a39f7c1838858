import { describe, expect, it } from 'vitest'
import { workTime } from '../../../fixtures/work-time.ts'
import { entityNames } from '../entity-types.ts'
import { piecesOf, place, policyOf, scan, steps } from '../fixtures/scan-in-pieces.ts'

const answers = [
  'You can reach **Maria Lopez** at maria.lopez@example.com or (212) 555-0142 ext. 12.',
  'Dear Mr. Smith,\n\nyour card 4111 1111 1111 1111 was charged.\n\nBest regards,\nZoë Kowalczyk',
  '1. John Smith — john@example.com\n2. Ann Miller — ann@example.org\n3. +44 20 7946 0958',
  '{"name":"John Smith","email":"john@example.com","phone":"555-123-4567","ip":"10.0.0.7"}',
  '| Name | IBAN |\n|---|---|\n| Bob Jones | DE89 3704 0044 0532 0130 00 |\n',
  'Their account is GB82 WEST 1234 5698 7654 32, opened in 2019 at 12:30.',
  'The Adam optimizer by Kingma and the Monte Carlo method need no Jackson Street.',
  'Ms. Quillsworth came at 9. Later Quillsworth left, and then J. R. Johnson wrote it.',
  'my name is maria lopez and john smith is my friend, social security number 536228726',
  'Servers: 192.168.0.0/16, fe80::1%eth0 and [::]:8080; version 1.2.3.4; run 2024-01-15 10:30',
  'name on card: Jane Mary Doe, cvv: 123; fax 555 - 123 - 4567, (212), (555) 123-4567',
  'Ludwig van der Berg and Mark O\'Neill\'s brother wrote "john doe"@example.com, "to be sure".',
  '请联系用户john@example.com，谢谢。ssn １２３-４５-６７８９ und jo\u200bhn＠example.com',
  'see https://x.example/?to=john.doe%40example.com and https://x.example/p/4155552671/x',
  'a@b.com,c@d.com;e@f.com <g@h.org>',
  'Their Medicare number is 1EG4 TE5 MK73 and the ITIN 912 73 1234; NPI: 1245 319 599.',
]

const everything = entityNames

describe('answers as models write them', () => {
  const policy = policyOf({ entities: everything, pci_mode: true })
  it.each([...answers, answers.join('\n\n')])('hold what inspect finds: %j', (text) => {
    const segment = { ...place, kind: 'text', text } as const
    expect(scan(policy, [text])).toEqual(policy.inspect?.(segment, 'response'))
  })

  it.each(['', '**', ';', '`', '-', '"', '" ', 'x', 'say "yes" or "no" to ', '&quot; or '])(
    'hold a quoted local part behind %j',
    (before) => {
      const text = `${before}"the new desk"@example.com**`
      const segment = { ...place, kind: 'text', text } as const
      expect(scan(policy, [text])).toHaveLength(1)
      expect(scan(policy, [text])).toEqual(policy.inspect?.(segment, 'response'))
    },
  )

  it.each(['@', '\uff20', '\u200b@', '&#64;', '%40', '\\u0040'])(
    'hold a quoted local part before %j',
    (at) => {
      const text = `- "the new desk"${at}example.com, "he said", and so on`
      const segment = { ...place, kind: 'text', text } as const
      expect(scan(policy, [text])).toHaveLength(1)
      expect(scan(policy, [text])).toEqual(policy.inspect?.(segment, 'response'))
    },
  )

  it('hold a local part in escaped quotes', () => {
    const text = 'to &quot;the new desk&quot;@example.com'
    const segment = { ...place, kind: 'text', text } as const
    expect(scan(policy, [text])).toHaveLength(1)
    expect(scan(policy, [text])).toEqual(policy.inspect?.(segment, 'response'))
  })

  it('go out at the next quote where quotes follow one another', () => {
    const scanner = policy.scan?.(place)
    if (scanner === undefined) throw new Error('the policy cannot scan')
    const text = '{"what":"the loss","where":"in a plot","why":"so we see it"},'.repeat(20)
    for (const { length, decided } of steps(scanner, piecesOf(text, 1)))
      expect(length - decided).toBeLessThanOrEqual(24)
  })

  it('hold something nearly all', () => {
    expect(answers.filter((text) => scan(policy, [text]).length > 0)).toHaveLength(
      answers.length - 1,
    )
  })

  it('go out word by word where nothing can be personal data', () => {
    const text = 'so the loss went down quickly and then nothing else changed for a few weeks. '
    const scanner = policy.scan?.(place)
    if (scanner === undefined) throw new Error('the policy cannot scan')
    for (const { length, decided } of steps(scanner, piecesOf(text.repeat(20), 1)))
      expect(length - decided).toBeLessThanOrEqual('quickly'.length)
  })

  it('go out two words behind where capitals and numbers stand', () => {
    const text = 'In 2024 we saw that Python was used. The model costs $15 per hour (or less). '
    const scanner = policy.scan?.(place)
    if (scanner === undefined) throw new Error('the policy cannot scan')
    for (const { length, decided } of steps(scanner, piecesOf(text.repeat(20), 1)))
      expect(length - decided).toBeLessThanOrEqual(24)
  })

  it('wait for a pattern only where it can begin', () => {
    const patterned = policyOf({ detect_patterns: ['EMP-\\d{6}', 'Q[A-Z ]*'] })
    const scanner = patterned.scan?.(place)
    if (scanner === undefined) throw new Error('the policy cannot scan')
    const text = 'nothing of it begins here, and so it goes on. '.repeat(20)
    for (const { length, decided } of steps(scanner, piecesOf(text, 1)))
      expect(length - decided).toBeLessThanOrEqual(8)
  })
})

describe('time grows with the length of the text, not faster', () => {
  const policy = policyOf({
    entities: everything,
    pci_mode: true,
    detect_patterns: ['x=a*', '\\d{4,9}'],
  })

  const milliseconds = (text: string, piece: number): Promise<number> =>
    workTime(() => scan(policy, piecesOf(text, piece)))

  const units = [
    '7',
    'a@',
    'John ',
    'x',
    '0 ',
    'é',
    '"',
    '&#64;',
    'name is ',
    'x=a',
    'Ab-',
    '😀',
    '., ',
  ]
  it.each(units)('for %j, whole and in pieces', async (unit) => {
    const short = unit.repeat(Math.ceil(4_000 / unit.length))
    const long = unit.repeat(Math.ceil(40_000 / unit.length))
    for (const piece of [7, long.length]) {
      // Ten times the text; a quadratic step would need a hundred times the time.
      const least = Math.max(await milliseconds(short, piece), 2)
      expect(await milliseconds(long, piece)).toBeLessThan(50 * least)
    }
  })
})
