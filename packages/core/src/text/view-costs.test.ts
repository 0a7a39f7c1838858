import { Buffer } from 'node:buffer'
import process from 'node:process'
import { describe, expect, test } from 'vitest'
import { hostilePieces } from './fixtures/hostile-texts.ts'
import { foldInSteps, foldText } from './fold.ts'
import type { Steps } from './steps.ts'
import { finishSteps } from './steps.ts'
import { disguisedViews, disguisedViewsInSteps } from './views.ts'

const KB = 1_024
const HALF_OF_A_PAIR = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/
const SMALL = 10 * KB
const LARGE = 6 * SMALL
const filled = (piece: string, size: number): string =>
  piece.repeat(Math.ceil(size / piece.length)).slice(0, size)
const readings: Readonly<Record<string, (text: string) => Steps<unknown>>> = {
  views: disguisedViewsInSteps,
  folded: foldInSteps,
}
const cases = Object.entries(hostilePieces).flatMap(([name, piece]) =>
  Object.entries(readings).map(([reading, read]) => ({ name, piece, reading, read })),
)

/** Processor time, the best of three: what else the machine does only ever adds. */
function time(work: () => unknown): number {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < 3; round++) {
    const start = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(start)
    best = Math.min(best, (user + system) / 1_000)
  }
  return best
}

function countSteps(steps: Steps<unknown>): number {
  let count = 1
  while (steps.next().done !== true) count += 1
  return count
}

describe('hostile texts', () => {
  test.each(cases)(
    '$reading of $name: six times the text, at most sixteen times the work',
    (one) => {
      const small = filled(one.piece, SMALL)
      const large = filled(one.piece, LARGE)
      finishSteps(one.read(small))
      // Two milliseconds for what does not grow with the text.
      const limit = 16 * (time(() => finishSteps(one.read(small))) + 2)
      expect(time(() => finishSteps(one.read(large)))).toBeLessThan(limit)
    },
  )

  test.each(Object.entries(hostilePieces))(
    '%s: a longer text has more steps, not longer ones',
    (_, piece) => {
      const small = countSteps(disguisedViewsInSteps(filled(piece, SMALL)))
      const large = countSteps(disguisedViewsInSteps(filled(piece, LARGE)))
      expect(large - small).toBeGreaterThanOrEqual((LARGE - SMALL) / (10 * KB))
    },
  )

  test.each(Object.entries(hostilePieces))('%s: no surrogate pair is cut', (_, piece) => {
    // Of a length that moves the pairs along the borders of all pieces.
    const text = `${piece}😀 x `.repeat(Math.ceil(SMALL / piece.length))
    for (const { mapped } of disguisedViews(text)) expect(mapped.text).not.toMatch(HALF_OF_A_PAIR)
    expect(foldText(text).text).not.toMatch(HALF_OF_A_PAIR)
  })
})

test('a disguised sentence is read at the end of a long text in other disguises', () => {
  const hidden = Object.values(hostilePieces).map((piece) => filled(piece, 1.5 * KB))
  const secret = Buffer.from('the blue heron sleeps near the harbour').toString('base64')
  const text = `${hidden.join('\n\n')}\n\n${secret}`
  const read = disguisedViews(text).map(({ mapped }) => mapped.text)
  expect(text.length).toBeLessThan(64 * KB)
  expect(read).toContainEqual(expect.stringContaining('heron sleeps'))
})

test('folding and reading prose twice changes nothing more', () => {
  const prose = filled('Wir prüfen das Modell; it’s been trained on last week’s Orders. ', 20 * KB)
  const once = foldText(prose).text
  expect(foldText(once).text).toBe(once)
  expect(disguisedViews(once)).toEqual([])
})
