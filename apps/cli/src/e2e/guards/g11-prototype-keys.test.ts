import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { policyConfig } from '../../fixtures/policy-config.ts'
import { chat, codeOf, pageChain, parseAnswer, startBench } from './bench.ts'

const bench = await startBench({ chain: pageChain })
afterAll(() => bench.stop())

const proto = '"__proto__":{"polluted":"yes","stream":true,"error":{"code":"polluted"}}'

describe('G11: keys that change JavaScript objects', () => {
  it.each([
    ['of the call', chat('x').replace('{', `{${proto},`)],
    ['of a message', chat('x').replace('{"role"', `{${proto},"role"`)],
    [
      'of a tool',
      chat('x', { tools: [{ function: { parameters: { a: 1 } } }] }).replace(
        '{"a"',
        `{${proto},"a"`,
      ),
    ],
    [
      'of metadata, escaped',
      chat('x', { metadata: { a: 1 } }).replace('"a"', '"__proto\\u005f_":1,"a"'),
    ],
    ['that is null', chat('x').replace('{', '{"__proto__":null,')],
  ])('G11: __proto__ as a key %s: 400', async (_name, body) => {
    const answer = await bench.ask(body)
    expect({ status: parseAnswer(answer).status, code: codeOf(answer) }).toEqual({
      status: 400,
      code: 'invalid_json',
    })
    expect(bench.upstream.calls).toHaveLength(0)
  })

  it('G11: constructor and prototype are keys like any other, and change nothing here', async () => {
    const nested = {
      constructor: { prototype: { polluted: 'yes', stream: true } },
      prototype: { polluted: 1 },
    }
    const body = chat('x', {
      ...nested,
      metadata: nested,
      tools: [{ type: 'function', function: { name: 'f', parameters: nested } }],
    })
    expect(parseAnswer(await bench.ask(body)).status).toBe(200)
    expect(bench.upstream.calls.at(-1)?.body.toString()).toBe(body)
    // The next call is not a stream, and no object has got a new property.
    const answer = await bench.ask(chat('y'))
    expect(answer).toMatch(/content-type: application\/json/i)
    expect(`${answer}${JSON.stringify(await bench.health())}`).not.toContain('polluted')
  })

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
    'G11: %s as the value of a model, a role or a header is a plain unknown word',
    async (word) => {
      const model = await bench.ask(chat('x').replace('"m"', `"${word}"`))
      expect({ status: parseAnswer(model).status, code: codeOf(model) }).toEqual({
        status: 404,
        code: 'model_not_found',
      })
      const role = await bench.ask(chat('x').replace('"user"', `"${word}"`))
      expect([200, 422]).toContain(parseAnswer(role).status)
      expect(
        parseAnswer(await bench.ask(chat('x'), `${word}: x\r\nContent-Encoding: ${word}\r\n`))
          .status,
      ).toBe(415)
    },
  )

  it('G11: a configuration with such a key does not start, and the place is named', async () => {
    const { sandbox } = bench
    for (const key of ['__proto__', 'constructor', 'prototype']) {
      writeFileSync(
        join(sandbox.folder, 'bad.yaml'),
        policyConfig('http://127.0.0.1:9', `callbacks: [{${key}: {a: 1}}]`),
      )
      const { code, stderr } = await sandbox.kt(['gateway', 'run', '--policy-config', 'bad.yaml'])
      expect(code).toBe(78)
      expect(stderr).toMatch(/error\[E021\]: .*never allowed.*\n {2}--> bad\.yaml:\d+:\d+/)
    }
  })
})
