import { expect, test } from 'vitest'
import { thirdPartyNotices } from './docs/third-party-notices.mjs'
import { readModelCards, sourcesWithoutNotice, trainingSources } from './docs/training-sources.mjs'

test('every work that shaped shipped weights has a notice', () => {
  expect(sourcesWithoutNotice(readModelCards())).toEqual([])
})

test('a work without a notice is named; what only measures, and what is our own, needs none', () => {
  const card = {
    rows: [
      { source: 'somebody/new', trainable: true, shaping: 3 },
      { source: 'openai/evals', trainable: true, shaping: 3 },
      { source: 'somebody/measured', trainable: false, shaping: 0 },
      { source: 'somebody/left-out', trainable: true, shaping: 0 },
      { source: 'keeptrusts:own', trainable: true, shaping: 3 },
    ],
  }
  expect(sourcesWithoutNotice([card, {}])).toEqual(['somebody/new'])
})

test('notices name licence and authors of every work', () => {
  const page = thirdPartyNotices()
  for (const { title, authors, licence } of trainingSources) {
    expect(authors && licence).toBeTruthy()
    expect(page).toContain(`| ${title} | ${authors} |`)
  }
})
