import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { packedModel } from './model-weights.ts'
import { calibration } from './rule-weights.ts'

interface CardRow {
  readonly source: string
  readonly trainable: boolean
  readonly rows: number
  readonly shaping: number
}

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')
const card: { readonly sha256: string; readonly rows: readonly CardRow[] } = JSON.parse(
  read('model-card.json'),
)

test('the model card is that of the shipped weights', () => {
  const { scale, bias, weights } = packedModel
  const { windows, rules } = calibration
  const shipped = JSON.stringify([
    { scale, bias, weights },
    { windows, rules },
  ])
  expect(createHash('sha256').update(shipped).digest('hex')).toBe(card.sha256)
  expect(read('model-card.md')).toContain(card.sha256)
})

test('no row that may not be trained on has shaped the weights', () => {
  expect(card.rows.some(({ trainable }) => !trainable)).toBe(true)
  for (const row of card.rows) {
    expect(row.shaping, row.source).toBeLessThanOrEqual(row.trainable ? row.rows : 0)
  }
})
