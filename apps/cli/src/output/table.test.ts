import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Column } from './table.ts'
import { formatTable } from './table.ts'

const columns: Column[] = [
  { title: 'ID' },
  { title: 'WHY', min: 4 },
  { title: 'WHO', min: 3, rank: 2 },
  { title: 'MS', align: 'right', rank: 1 },
]
const rows = [
  ['evt_1', 'all_policies_passed', 'chatbot', '7'],
  ['evt_22', 'pii', 'x', '1200'],
]

describe('a table', () => {
  it('aligns its columns and leaves no blanks at the end of a line', () => {
    expect(formatTable(columns, rows)).toBe(
      [
        'ID      WHY                  WHO        MS',
        'evt_1   all_policies_passed  chatbot     7',
        'evt_22  pii                  x        1200',
        '',
      ].join('\n'),
    )
  })

  it('cuts the widest cells first when it is too wide', () => {
    expect(formatTable(columns, rows, { width: 30 })).toBe(
      [
        'ID      WHY      WHO        MS',
        'evt_1   all_po…  chatbot     7',
        'evt_22  pii      x        1200',
        '',
      ].join('\n'),
    )
  })

  it('leaves columns out by rank when cutting is not enough', () => {
    expect(formatTable(columns, rows, { width: 18 })).toBe(
      ['ID      WHY     MS', 'evt_1   all…     7', 'evt_22  pii   1200', ''].join('\n'),
    )
    expect(formatTable(columns, rows, { width: 1 })).toBe(
      ['ID      WHY', 'evt_1   all…', 'evt_22  pii', ''].join('\n'),
    )
  })

  it('fits every width from its narrowest form on', () => {
    const cell = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 30 })
    const anyRows = fc.array(fc.tuple(cell, cell, cell, cell), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(anyRows, fc.integer({ min: 36, max: 140 }), (cells, width) => {
        for (const line of formatTable(columns, cells, { width }).split('\n')) {
          expect([...line].length).toBeLessThanOrEqual(width)
        }
      }),
    )
  })
})
