import { describe, expect, it } from 'vitest'
import { entityTypes } from '../entity-types.ts'
import { longestValue } from './find-recognized.ts'
import { readForm } from './form-program.ts'
import { recognizers } from './recognizers.ts'

describe('every recogniser', () => {
  it('has an entity, a label and aliases of its own', () => {
    const names = recognizers.flatMap(({ entity, aliases }) => [entity, ...aliases])
    const own = Object.entries(entityTypes).flatMap(([name, { aliases }]) => [name, ...aliases])
    expect([...names, ...own].sort()).toEqual([...new Set([...names, ...own])].sort())
    const labels = recognizers.map(({ label }) => label)
    expect(labels).toEqual([...new Set(labels)])
  })

  it.each(recognizers)('is well formed: $entity', (recognizer) => {
    const { entity, label, aliases, forms, longest, cues, source } = recognizer
    for (const name of [entity, label, ...aliases]) expect(name).toMatch(/^[A-Z][A-Z0-9_]*$/)
    expect(longest).toBeLessThanOrEqual(longestValue)
    expect(source).not.toBe('')
    for (const cue of cues) expect(cue).toBe(cue.toLowerCase())
    for (const { pattern, score } of forms) {
      expect(pattern.sticky && !pattern.global).toBe(true)
      expect(score).toBeGreaterThan(0)
      expect(score).toBeLessThan(1000)
      expect(longestOf(pattern)).toBeLessThanOrEqual(longest)
    }
  })
})

/** The longest match of a form, in characters. Throws when it has none, or reads the empty text. */
function longestOf(pattern: RegExp): number {
  const { next, ends } = readForm(pattern)
  expect(ends).toBe(false)
  let reading = new Set(next)
  let length = 0
  for (; reading.size > 0; length += 1) {
    if (length > 2 * longestValue) throw new Error('the form has no longest match')
    reading = new Set([...reading].flatMap((one) => one.next))
  }
  return length
}
