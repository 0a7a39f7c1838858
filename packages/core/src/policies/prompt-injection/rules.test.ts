import { expect, test } from 'vitest'
import { families } from './families/families.ts'
import { markers } from './markers.ts'
import { calibration } from './rule-weights.ts'
import { rules } from './rules.ts'
import { scriptRules } from './scripts.ts'
import { hashWord, tokenize } from './tokens.ts'
import { wordClasses } from './word-classes.ts'

test('no two rules share a key, so no weight is given twice', () => {
  const keys = rules.map((rule) => rule.key)
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
})

test('every weight belongs to a rule and stays within its limits', () => {
  const byKey = new Map(rules.map((rule) => [rule.key, rule]))
  for (const [key, weight] of Object.entries(calibration.rules)) {
    expect(byKey.has(key), key).toBe(true)
    expect(weight, key).toBeGreaterThanOrEqual(0)
    expect(weight, key).toBeLessThanOrEqual(byKey.get(key)?.most ?? 0)
  }
})

test('patterns name word classes that exist, and gaps stay short', () => {
  for (const { id, strong, weak } of families) {
    for (const part of [...strong, ...weak].flatMap((pattern) => pattern.split(' '))) {
      if (part.startsWith('~')) expect(Number(part.slice(1)), id).toBeLessThanOrEqual(12)
      for (const name of part.split('|').filter((word) => /^[A-Z]{2,}$/.test(word))) {
        expect(Object.keys(wordClasses), id).toContain(name)
      }
    }
  }
})

test('regular expressions have no unbounded repetition', () => {
  for (const { pattern } of [...markers, ...scriptRules]) {
    expect(pattern.source.replace(/\\./g, '').replace(/\[[^\]]*\]/g, '')).not.toMatch(/[*+]|,\}/)
  }
})

test('every word of a class is one word in folded form', () => {
  for (const words of Object.values(wordClasses)) {
    for (const word of words.trim().split(/\s+/)) {
      const tokens = tokenize(word)
      expect([tokens.count, tokens.hashes[0]], word).toEqual([1, hashWord(word)])
    }
  }
})
