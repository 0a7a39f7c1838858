import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createEngine } from '../engine/create-engine.ts'
import { chainOf, wordPolicy } from '../fixtures/test-chain.ts'

const words = { secret: '[X]', '[X]key': '[K]', '4111111111111111': '[CARD]' }
const engine = createEngine(chainOf(wordPolicy(words)))

/** The arguments of a tool call as they go out, given in pieces. */
async function release(...pieces: string[]): Promise<string> {
  const asked = await engine.evaluateRequest({ messages: [{ role: 'user', content: 'hi' }] })
  if (asked.outcome === 'block') throw new Error('not expected')
  const guard = asked.guardStream()
  const place = { field: 'arguments' } as const
  const out = pieces.map((piece) => guard.push(place, piece))
  const { released } = await guard.end()
  return [...out, ...released.map(({ text }) => text)].join('')
}

describe('JSON that comes in pieces', () => {
  it.each([
    ['a value', '{"a":"the secret."}', '{"a":"the [X]."}'],
    [
      'an escape inside the word',
      String.raw`{"a":"s\u0065cret \ud83d\ude00\n"}`,
      String.raw`{"a":"[X] \ud83d\ude00\n"}`,
    ],
    [
      'nothing, byte for byte',
      '{ "a" :\t[1e400, -0.0, true,null,{}],"b":"\\u00e9\\/" }',
      '{ "a" :\t[1e400, -0.0, true,null,{}],"b":"\\u00e9\\/" }',
    ],
    ['a key', '{"secret":1,"x":{"secret":"secret"}}', '{"[X]":1,"x":{"[X]":"[X]"}}'],
    ['keys that would become the same', '{"secret":1,"s\\u0065cret":2}', '{"[X]":1,"[X]_2":2}'],
    ['JSON inside a string', '{"a":"{\\"b\\":\\"secret\\"}"}', '{"a":"{\\"b\\":\\"[X]\\"}"}'],
    [
      'JSON inside JSON inside a string',
      JSON.stringify({ a: JSON.stringify([JSON.stringify(['secret'])]) }),
      JSON.stringify({ a: JSON.stringify([JSON.stringify(['[X]'])]) }),
    ],
    [
      'a long number',
      '{"a":[4111111111111111,-17,411111111],"b":4111111111111111}',
      '{"a":["[CARD]",-17,411111111],"b":"[CARD]"}',
    ],
    ['numbers with blanks between them', '{"a":[411 secret 411]}', '{"a":[411 [X] 411]}'],
    [
      'an unedited key that an edited one has become',
      '{"secret":1,"[X]":2}',
      '{"[X]":1,"[X]_2":2}',
    ],
    ['a string alone', '"a secret"', '"a [X]"'],
    ['what is no JSON', 'the secret', 'the [X]'],
    ['what stops being JSON', '{"a":secret,"b":"secret"}', '{"a":[X],"b":"[X]"}'],
    ['what follows the JSON', '{"a":1} secret', '{"a":1} [X]'],
    ['what is cut off', '{"a":"the secret', '{"a":"the [X]'],
    ['what is cut off in an escape', '{"a":"secret \\u00', '{"a":"[X] \\u00'],
    ['a key that is cut off', '{"secret', '{"[X]'],
    ['an escape that JSON does not have', '{"a":"\\x secret"}', '{"a":"\\x [X]"}'],
    ['a line end inside a string', '{"a":"x\nsecret"}', '{"a":"x\n[X]"}'],
    ['a word that is no scalar', '{"a":nulsecret}', '{"a":nul[X]}'],
    ['more levels than JSON is read', `${'['.repeat(70)}"secret"`, `${'['.repeat(70)}"[X]"`],
  ])('is edited in %s, whole and in single characters', async (_, text, expected) => {
    expect(await release(text)).toBe(expected)
    expect(await release(...text)).toBe(expected)
    expect(await release(...text.split(''))).toBe(expected)
  })

  it('stays JSON, with the same values but for what is edited, wherever it is cut', async () => {
    const text = fc.array(fc.constantFrom('secret', 's', 'é', '"', '\\', '😀', '{', '['), {
      maxLength: 6,
    })
    const value = fc.jsonValue({ maxDepth: 2, stringUnit: 'grapheme' })
    const cuts = fc.array(fc.nat(), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(text, value, cuts, async (words, more, at) => {
        const written = JSON.stringify({ [words.join('')]: words.join(''), more })
        const ends = [...new Set(at.map((one) => one % written.length)), written.length].sort(
          (a, b) => a - b,
        )
        const pieces = ends.map((end, index) => written.slice(ends[index - 1] ?? 0, end))
        const out = await release(...pieces)
        const edited = written.replaceAll('secret', '[X]')
        expect(JSON.parse(out)).toEqual(JSON.parse(edited))
        expect(out).toBe(edited)
      }),
      { numRuns: 500 },
    )
  })
})
