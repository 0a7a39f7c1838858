import { expect, it } from 'vitest'
import { rulesFor } from './built-in-rules.ts'

const fills = [
  'a',
  'A1',
  '0',
  ' ',
  '-',
  '.',
  '/',
  ':',
  '=',
  '"',
  '\n',
  'a.',
  'a ',
  'a-',
  '_',
  '+',
  '\\n',
]

/** Texts of a length that open a rule's window and could lead its pattern astray. */
function textsFor(keyword: string, length: number): string[] {
  return fills.flatMap((fill) => {
    const long = fill.repeat(Math.ceil(length / fill.length))
    return [keyword + long, `${keyword}="${long}`, long + keyword]
  })
}

/** Milliseconds of processor time that a pattern needs for all matches in the texts. */
function timeOf(pattern: RegExp, texts: readonly string[]): number {
  const before = process.cpuUsage()
  for (const text of texts) text.replace(pattern, '')
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

const median = (times: readonly number[]) =>
  [...times].sort((a, b) => a - b)[times.length >> 1] ?? 0
/** Below so many milliseconds, times say nothing. */
const floor = 25

it('four times the window takes no pattern more than eight times as long', () => {
  const slow: string[] = []
  for (const { id, keywords, pattern } of rulesFor('restricted')) {
    const every = new RegExp(pattern.source, [...new Set([...pattern.flags, 'g'])].join(''))
    const long = textsFor(keywords[0] ?? '', 2200)
    const first = timeOf(every, long)
    if (first <= floor) continue
    const short = textsFor(keywords[0] ?? '', 550)
    const three = (texts: readonly string[]) => median([1, 2, 3].map(() => timeOf(every, texts)))
    if (three(long) > 8 * Math.max(three(short), floor / 8)) slow.push(id)
  }
  expect(slow).toEqual([])
})
