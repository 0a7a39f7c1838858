import { describe, expect, it } from 'vitest'
import { madeUpText, makePrompts } from './made-up-prompt.ts'

describe('made-up prompts', () => {
  it('have exactly the size that was asked for, and are the same every time', () => {
    for (let bytes = 1; bytes < 1500; bytes++)
      expect(Buffer.byteLength(madeUpText(bytes)), `${bytes}`).toBe(bytes)
    expect(madeUpText(5000)).toBe(madeUpText(5000))
    expect(madeUpText(5000)).toMatch(/@example.*–/s)
  })

  it('come in bytes, thousands and millions', () => {
    const groups = makePrompts('300, 3k,1M', 2_000_000)
    expect(groups.map(({ name }) => name)).toEqual(['made up, 300', 'made up, 3k', 'made up, 1M'])
    const texts = groups.map(
      ({ prompts }) => JSON.parse(prompts[0]?.body ?? '').messages[0].content,
    )
    expect(texts.map((text) => Buffer.byteLength(text))).toEqual([300, 3000, 1_000_000])
  })

  it.each([
    '',
    '3k,',
    '-1',
    '0',
    '1.5k',
    '3g',
    '3 k',
    '99999999999',
    '300,x',
    '11k',
    '9'.repeat(9),
  ])('are refused for the size %j', (sizes) => {
    expect(() => makePrompts(sizes, 10_000)).toThrow(/size/i)
  })

  it('are refused when they only just do not fit as JSON, and when there are too many', () => {
    expect(() => makePrompts('10k', 10_000)).toThrow(/max_body_bytes/)
    expect(() => makePrompts(Array(21).fill('1').join(), 10_000)).toThrow(/more than 20/)
  })
})
