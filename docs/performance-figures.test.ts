import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { documents, root } from './fenced-blocks.ts'
import { figuresWithoutSource, resultFiles } from './performance-figures.ts'

const pages = documents().filter((file) => file === 'README.md' || file.startsWith('docs'))
const read = (file: string) => readFileSync(join(root, file), 'utf8')

test.each(pages)('%s names a result file beside every performance figure', (file) => {
  const found = figuresWithoutSource(read(file)).map(({ line, text }) => `${file}:${line}: ${text}`)
  expect(
    found,
    'name the file of packages/bench/results that it comes from in the same section',
  ).toEqual([])
})

test.each(pages)('the result files that %s names exist', (file) => {
  expect(resultFiles(read(file)).filter((name) => !existsSync(join(root, name)))).toEqual([])
})

test.each([
  ['in a sentence', 'A call takes 1.98 ms longer.', '1.98 ms'],
  ['in a table', '| gateway | 29 µs |', '29 µs'],
  ['of throughput', 'It carries 1,223 requests/s there.', '1,223 requests/s'],
  ['of throughput in words', 'It takes 5,000 events a second.', '5,000 events a second'],
  ['as a factor', 'That is 0.20 × nginx.', '0.20 ×'],
  ['as a factor behind its sign', 'Twice, × 2.1, a bare Node.', '× 2.1'],
])('a figure %s is found', (_, line, text) => {
  expect(figuresWithoutSource(`# Costs\n\n${line}\n`)).toEqual([{ line: 3, text }])
})

test.each([
  ['settings in code', 'Set `timeouts: {connect_ms: 5000}` or wait `20 ms`.'],
  ['output in a fence', '```\nreach  127.0.0.1:5000 answers (12 ms).\n```'],
  ['other numbers', 'Node 20.19, 64 MiB, 15 s, 2 weeks, port 41002, 12 parameters, 3 users.'],
])('%s are no figures', (_, text) => {
  expect(figuresWithoutSource(text)).toEqual([])
})

test('a source counts for its own section only', () => {
  const named = '## A\n\n5 ms ([results](../packages/bench/results/2026-11-23.md)).\n'
  expect(figuresWithoutSource(named)).toEqual([])
  expect(figuresWithoutSource(`${named}\n## B\n\n7 ms\n`)).toEqual([{ line: 7, text: '7 ms' }])
  expect(figuresWithoutSource('5 ms, see packages/bench/results.\n')).toHaveLength(1)
})
