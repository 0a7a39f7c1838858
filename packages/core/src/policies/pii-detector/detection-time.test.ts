import { describe, expect, it } from 'vitest'
import { workTime } from '../../fixtures/work-time.ts'
import { entityNames } from './entity-types.ts'
import { findEntities } from './find-entities.ts'
import { planOf } from './fixtures/scan-in-pieces.ts'

const plan = planOf({ entities: entityNames, pci_mode: true })

const milliseconds = (text: string): Promise<number> =>
  workTime(() => findEntities(text, 'request', plan))

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
  it.each(units)('for a text of %j', async (unit) => {
    const short = unit.repeat(Math.ceil(5_000 / unit.length))
    const long = unit.repeat(Math.ceil(50_000 / unit.length))
    findEntities(short, 'request', plan)
    // Ten times the text; a quadratic step would need a hundred times the time.
    expect(await milliseconds(long)).toBeLessThan(60 * Math.max(await milliseconds(short), 2))
  })
})
