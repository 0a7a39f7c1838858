import { describe, expect, it } from 'vitest'
import { compilePattern } from './customer-pattern.ts'
import { patternShape } from './pattern-shape.ts'

/** Two units for a character, for it may lie outside the basic plane. */
describe('the longest match', () => {
  it.each([
    ['EMP-\\d{6}', 20],
    ['a|bcd?|(?:ef){2,3}', 12],
    ['(?i)key=.{1,5}', 18],
    ['^\\bx\\b$', 2],
    ['[a-z]{500}', 1000],
    ['[a-z]{600}', null],
    ['a+', null],
    ['(?:ab*c){2}', null],
    ['a(?:b|c){2,}', null],
  ])('of %s is %s', (source, longest) => {
    expect(patternShape(compilePattern(source)).longest).toBe(longest)
  })
})

describe('the first character', () => {
  const begins = (source: string, characters: string) => {
    const { mayBegin } = patternShape(compilePattern(source))
    return [...characters].filter((one) => mayBegin(one.charCodeAt(0))).join('')
  }

  it.each([
    ['EMP-\\d{6}', 'E'],
    ['(?i)emp', 'Ee'],
    ['(?i)kelvin', 'Kk\u212a'],
    ['[a-c]?x|\\d', 'abcx17'],
    ['\\bq', 'q'],
    ['.', 'EeKk\u212aabcx17qé'],
    ['[^a]', 'EeKk\u212abcx17qé'],
    ['é+', 'é'],
  ])('of %s may be one of %s', (source, expected) => {
    expect(begins(source, 'EeKk\u212aabcx17qé')).toBe(expected)
  })

  it('may be half of a pair, for that says nothing', () => {
    expect(patternShape(compilePattern('😀')).mayBegin(0xd83d)).toBe(true)
    expect(patternShape(compilePattern('a?')).mayBegin(0x62)).toBe(true)
  })
})
