import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changedPaths } from './changed-paths.ts'

describe('changedPaths', () => {
  it('names places, not values', () => {
    const before = {
      pack: { version: '1' },
      policies: { chain: ['a', 'b'] },
      policy: { a: { action: 'block', entities: ['X'] }, b: {} },
    }
    const after = {
      pack: { version: '2' },
      policies: { chain: ['a', 'c', 'd'] },
      policy: { a: { action: 'block', entities: ['X', 'Y'] }, c: { deep: { er: 1 } } },
    }
    expect(changedPaths(before, after)).toEqual([
      'pack.version',
      'policies.chain[1]',
      'policies.chain[2]',
      'policy.a.entities[1]',
      'policy.b',
      'policy.c',
    ])
  })

  it('writes names that are no plain words so that they cannot be mistaken', () => {
    expect(changedPaths({ 'a.b': { 'x"y': 1 } }, { 'a.b': { 'x"y': 2 } })).toEqual([
      '["a.b"]["x\\"y"]',
    ])
  })

  it('sees names that every object inherits', () => {
    expect(changedPaths({}, { toString: 1 })).toEqual(['toString'])
    expect(changedPaths({ a: null }, {})).toEqual(['a'])
  })

  it('is empty exactly for equal documents, in either direction', () => {
    const json = fc.jsonValue({ maxDepth: 4, noUnicodeString: false }) as fc.Arbitrary<never>
    fc.assert(
      fc.property(json, json, (left, right) => {
        expect(changedPaths(left, structuredClone(left))).toEqual([])
        const paths = changedPaths(left, right)
        expect(changedPaths(right, left)).toEqual(paths)
        expect(paths.length === 0).toBe(same(left, right))
      }),
    )
  })
})

/** JSON has one zero. */
function same(left: unknown, right: unknown): boolean {
  const text = (value: unknown) => JSON.stringify(sorted(value))
  return text(left) === text(right)
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return ['list', ...value.map(sorted)]
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return ['object', ...members.map(([key, member]) => [key, sorted(member)])]
}
