import { expect, test } from 'vitest'
import { oldKindNames, policyCatalogue } from './policy-catalogue.ts'

const kinds = Object.entries(policyCatalogue)

test('the kinds are sorted and spelt as in a configuration', () => {
  const names = kinds.map(([kind]) => kind)
  expect(names).toEqual([...names].sort())
  for (const name of names) expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/)
})

test('every kind says in one sentence of its own what it is for, and where it acts', () => {
  for (const [kind, { purpose, phases, instead }] of kinds) {
    expect(purpose, kind).toMatch(/^[A-Z][^.\n]{10,110}\.$/)
    expect(phases.length, kind).toBeGreaterThan(0)
    expect(instead ?? 'Something', kind).toMatch(/^\S.*[^.]$/)
  }
  expect(new Set(kinds.map(([, { purpose }]) => purpose)).size).toBe(kinds.length)
})

test('old names lead to kinds that the product knows', () => {
  for (const kind of Object.values(oldKindNames)) expect(policyCatalogue).toHaveProperty([kind])
})
