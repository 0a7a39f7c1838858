import { describe, expect, it } from 'vitest'
import type { EntityName } from './entity-types.ts'
import { entityTypes } from './entity-types.ts'
import { findEntities } from './find-entities.ts'

const plan = {
  entities: new Set(Object.keys(entityTypes) as EntityName[]),
  cardDetails: true,
  patterns: [],
  phoneRegions: ['US'],
}

/** The fastest of a few runs, in milliseconds: what the work needs when nothing else disturbs it. */
function milliseconds(text: string): number {
  let best = Number.POSITIVE_INFINITY
  for (let run = 0; run < 2; run += 1) {
    const start = performance.now()
    findEntities(text, 'request', plan)
    best = Math.min(best, performance.now() - start)
  }
  return best
}

const units = [
  'a',
  'a@',
  '@',
  'a@b.',
  '"@',
  '0',
  '0-',
  '0 ',
  '(0',
  '+1 ',
  '4111 ',
  '555-123-4567 ',
  ' ',
  '.',
  ':',
  'a:',
  '::',
  '1.',
  '[',
  'A ',
  'A. ',
  "A'",
  'John ',
  'John Smith ',
  'my name is ',
  'Dr. ',
  'http://',
  'GB82',
  '\n',
  'é',
  '😀',
  'É ',
  'Ab-',
  'phone ',
  'name: ',
]

describe('time grows with the length of the text, not faster', () => {
  it.each(units)('for a text of %j', { timeout: 60_000 }, (unit) => {
    const short = unit.repeat(Math.ceil(10_000 / unit.length))
    const long = unit.repeat(Math.ceil(100_000 / unit.length))
    findEntities(short, 'request', plan)
    // Ten times the text; a quadratic step would need a hundred times the time.
    expect(milliseconds(long)).toBeLessThan(60 * Math.max(milliseconds(short), 2))
  })
})
