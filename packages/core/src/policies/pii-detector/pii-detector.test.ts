import { describe, expect, it } from 'vitest'
import type { Direction, Segment } from '../../message/segment.ts'
import type { OptionProblem } from '../policy.ts'
import type { Given } from './fixtures/scan-in-pieces.ts'
import { optionsOf } from './fixtures/scan-in-pieces.ts'
import { piiDetector } from './pii-detector.ts'

function segment(text: string): Segment {
  return { address: 'messages[0].content', role: 'user', field: 'content', kind: 'text', text }
}

function redact(text: string, given: Given = {}, direction: Direction = 'request'): string {
  const matches = piiDetector.create(optionsOf(given)).inspect?.(segment(text), direction) ?? []
  const pieces: string[] = []
  let from = 0
  for (const { start, end, replacement = '' } of matches) {
    pieces.push(text.slice(from, start), replacement)
    from = end
  }
  return pieces.join('') + text.slice(from)
}

function problems(given: Given): readonly OptionProblem[] {
  return piiDetector.check?.(optionsOf(given)) ?? []
}

const page = ['PERSON', 'EMAIL_ADDRESS', 'PHONE_NUMBER', 'US_SSN']
const sample = 'My name is John Smith, john@example.com, 555-123-4567, SSN 123-45-6789'

describe('redaction', () => {
  it('replaces each entity by its label', () => {
    expect(redact(sample, { entities: page })).toBe(
      'My name is [PERSON_REDACTED], [EMAIL_REDACTED], [PHONE_REDACTED], SSN [SSN_REDACTED]',
    )
    expect(redact('4111111111111111 GB82WEST12345698765432 10.0.0.7')).toBe(
      '[CREDIT_CARD_REDACTED] [IBAN_REDACTED] [IP_REDACTED]',
    )
  })

  it('leaves entities alone that are not asked for', () => {
    expect(redact('card 4111 1111 1111 1111', { entities: page })).toBe('card 4111 1111 1111 1111')
    expect(redact(sample)).toContain('John Smith')
  })

  it('adds card data with pci_mode', () => {
    const text = 'card 4111 1111 1111 1111 cvv: 123, name on card: Jane Doe'
    expect(redact(text, { entities: page.slice(1), pci_mode: true })).toBe(
      'card [CREDIT_CARD_REDACTED] cvv: [CVV_REDACTED], name on card: [CARD_HOLDER_REDACTED]',
    )
    expect(redact(text, { entities: page.slice(1), pci_mode: false })).toBe(text)
  })

  it('sees through invisible and full-width characters and replaces the original ones', () => {
    expect(redact('ssn 123\u200b-45\u2060-6789!')).toBe('ssn [SSN_REDACTED]!')
    expect(redact('１２３-４５-６７８９ and jo\u200bhn＠example.com.')).toBe(
      '[SSN_REDACTED] and [EMAIL_REDACTED].',
    )
  })

  it('sees through escapes, in texts that are no JSON too, and replaces them whole', () => {
    expect(redact(String.raw`{"a":"john.doe\u0040example.com 123\u002d45\u002d6789"`)).toBe(
      '{"a":"[EMAIL_REDACTED] [SSN_REDACTED]"',
    )
    expect(redact('to john.doe&#64;example.com!')).toBe('to [EMAIL_REDACTED]!')
    expect(redact('https://x.example/?to=john.doe%40example.com')).toBe(
      'https://x.example/?to=[EMAIL_REDACTED]',
    )
    expect(redact(String.raw`john\u002edoe@example.com`)).toBe('[EMAIL_REDACTED]')
    expect(redact(String.raw`\uff11\uff12\uff13-45-6789`)).toBe('[SSN_REDACTED]')
    expect(redact('100% of R&D &amp; sales \\u12')).toBe('100% of R&D &amp; sales \\u12')
  })

  it('reads the digits of every script', () => {
    expect(redact('ssn ١٢٣-٤٥-٦٧٨٩, १२३-४५-६७८९')).toBe('ssn [SSN_REDACTED], [SSN_REDACTED]')
  })

  it('redacts more findings than a call may have arguments', () => {
    expect(redact('123-45-6789 '.repeat(150_000).slice(0, -1)).length).toBe(15 * 150_000 - 1)
  })

  it('reads alias names that the configuration did not fold', () => {
    expect(redact('123-45-6789', { entities: ['ssn'] })).toBe('[SSN_REDACTED]')
  })

  it('writes asterisks, partial values and markers of the same length', () => {
    expect(redact('a 555-123-4567', { redaction: { marker_format: 'asterisks' } })).toBe(
      'a ********',
    )
    const all = 'john@example.com 555-123-4567 123-45-6789 4111 1111 1111 1111 10.0.0.7'
    expect(redact(all, { redaction: { marker_format: 'partial' } })).toBe(
      'j***@*******.*** ***-***-4567 ***-**-6789 **** **** **** 1111 10.*.*.*',
    )
    expect(
      redact('john.smith@example.com 10.0.0.7', { redaction: { preserve_length: true } }),
    ).toBe('[EMAIL_REDACTED]****** ********')
  })

  it('uses custom markers by any name of the entity', () => {
    const redaction = { custom_markers: { email: '<EMAIL>', US_SSN: 'xxx-xx-xxxx' } }
    expect(redact('a@example.com 123-45-6789', { redaction })).toBe('<EMAIL> xxx-xx-xxxx')
  })

  it('does not redact a custom marker that looks like a value', () => {
    const redaction = { custom_markers: { email: 'hidden@example.com' } }
    const once = redact('a@example.com', { redaction })
    expect(once).toBe('hidden@example.com')
    expect(redact(once, { redaction })).toBe(once)
    expect(redact('xhidden@example.com', { redaction })).toBe('hidden@example.com')
  })

  it('blocks without replacements when told to', () => {
    const policy = piiDetector.create(optionsOf({ action: 'block' }))
    expect(policy.inspect?.(segment('a@example.com'), 'request')).toEqual([
      {
        rule: 'email-address',
        type: 'EMAIL_ADDRESS',
        start: 0,
        end: 13,
        score: 1000,
        action: 'block',
      },
    ])
  })
})

describe('detect_patterns', () => {
  it('finds what the customer describes', () => {
    expect(redact('badge EMP-123456', { detect_patterns: ['EMP-\\d{6}'] })).toBe(
      'badge [CUSTOM_REDACTED]',
    )
    expect(redact('id AB12', { detect_patterns: ['(?<code>AB\\d+)'] })).toBe('id [CUSTOM_REDACTED]')
  })

  it('switches on an entity that an entry names', () => {
    expect(
      redact('4111111111111111', { entities: ['US_SSN'], detect_patterns: ['credit_card'] }),
    ).toBe('[CREDIT_CARD_REDACTED]')
  })

  it('joins a match with the findings it overlaps, so that nothing of either survives', () => {
    expect(redact('key=abc a@example.com.', { detect_patterns: ['key=.{5}'] })).toBe(
      '[EMAIL_REDACTED].',
    )
  })

  it('cuts endless matches in answers only', () => {
    const text = `x=${'a'.repeat(3000)}`
    expect(redact(text, { detect_patterns: ['x=a*'] })).toBe('[CUSTOM_REDACTED]')
    expect(redact(text, { detect_patterns: ['x=a*'] }, 'response')).toBe(
      `[CUSTOM_REDACTED]${'a'.repeat(1978)}`,
    )
  })
})

const numbered = { marker_format: 'numbered' as const, restore: true }

describe('option problems', () => {
  it('accepts the defaults and every alias', () => {
    expect(problems({})).toEqual([])
    expect(problems({ redaction: numbered })).toEqual([])
    const aliases = Object.keys(piiDetector.valueAliases?.['entities'] ?? {})
    expect(aliases).toContain('SSN')
    expect(problems({ entities: aliases })).toEqual([])
  })

  it('names a misspelt entity and the nearest one', () => {
    expect(problems({ entities: ['EMAIL_ADDRESS', 'PHONE_NUMER'] })).toEqual([
      {
        path: 'entities[1]',
        message: 'unknown entity "PHONE_NUMER"',
        suggestion: 'Did you mean PHONE_NUMBER?',
      },
    ])
    expect(problems({ entities: ['QUX'] })[0]?.suggestion).toMatch(/^Available: EMAIL_ADDRESS, /)
  })

  it.each([
    [{ entities: ['LOCATION'] }, 'entities[0]'],
    [{ entities: ['location'] }, 'entities[0]'],
    [{ detect_patterns: ['street address'] }, 'detect_patterns[0]'],
    [{ entities: ['organization'] }, 'entities[0]'],
    [{ thresholds: { nrp: 0.5 } }, 'thresholds.nrp'],
    [
      { context: [{ entity: 'age', words: ['x'], weight: 0.4, before: 64, after: 0 }] },
      'context[0].entity',
    ],
    [{ redaction: { custom_markers: { nrp: 'x' } } }, 'redaction.custom_markers.nrp'],
  ])('refuses what this version does not do: %j', (given, path) => {
    expect(problems(given)).toMatchObject([{ path, code: 'E011' }])
    expect(problems(given)[0]?.severity ?? 'error').toBe('error')
  })

  it.each([
    [{ detect_patterns: ['('] }, 'detect_patterns[0]'],
    [{ detect_patterns: ['a(?=b)'] }, 'detect_patterns[0]'],
    [{ detect_patterns: ['\\d*'] }, 'detect_patterns[0]'],
    [{ phone_regions: ['US', 'XX'] }, 'phone_regions[1]'],
    [{ redaction: { custom_markers: { emial: 'x' } } }, 'redaction.custom_markers.emial'],
    [{ redaction: { marker_format: 'hash' as const } }, 'redaction.marker_format'],
    [{ redaction: { hash_key_ref: { env: 'KEY' } } }, 'redaction.hash_key_ref'],
    [{ redaction: { restore: true } }, 'redaction.restore'],
    [{ redaction: numbered, action: 'block' as const }, 'redaction.restore'],
    [{ redaction: { ...numbered, preserve_length: true } }, 'redaction.preserve_length'],
  ])('refuses %j', (given, path) => {
    const [problem] = problems(given)
    expect(problem?.path).toBe(path)
    expect(problem?.code ?? 'E014').toBe('E014')
    expect(problem?.suggestion).toBeTruthy()
  })

  it('warns about what it cannot honour', () => {
    expect(problems({ detect_patterns: ['EMP-\\d+'] })).toMatchObject([{ severity: 'warning' }])
    expect(problems({ detect_patterns: ['EMP[+*]\\d{2,9}\\*'] })).toEqual([])
    expect(problems({ pci_mode: false })).toMatchObject([{ path: 'pci_mode', severity: 'warning' }])
    expect(problems({ redaction: { include_metadata: false } })).toMatchObject([
      { path: 'redaction.include_metadata', severity: 'warning' },
    ])
  })
})
