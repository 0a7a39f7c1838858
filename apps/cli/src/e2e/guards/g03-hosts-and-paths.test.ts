import { afterAll, describe, expect, it } from 'vitest'
import { chat, codeOf, parseAnswer, startBench } from './bench.ts'

const bench = await startBench()
afterAll(() => bench.stop())

const body = chat('hello')
const post = (path: string, hosts: string, version = '1.1'): Promise<string> =>
  bench.send(
    `POST ${path} HTTP/${version}\r\n${hosts}Connection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  )

async function expectRefused(answer: string): Promise<void> {
  expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n(?:.+\r\n)*connection: close\r\n/i)
  expect(codeOf(answer)).toBe('malformed_request')
  expect(bench.upstream.calls).toHaveLength(0)
}

describe('G3: hosts', () => {
  it.each([
    ['two of them', 'Host: a\r\nHost: b\r\n'],
    ['the same twice', 'Host: a\r\nhost: a\r\n'],
    ['none', ''],
    ['an empty one', 'Host: \r\n'],
    ['a user in it', 'Host: a@b\r\n'],
    ['a path in it', 'Host: a/b\r\n'],
    ['a list', 'Host: a, b\r\n'],
    ['a space', 'Host: a b\r\n'],
    ['a port that is no number', 'Host: a:b\r\n'],
    ['a scheme', 'Host: http://a\r\n'],
    ['an escape', 'Host: a%2eb\r\n'],
    ['a bracket left open', 'Host: [::1\r\n'],
  ])('G3: %s: 400', async (_name, hosts) => {
    await expectRefused(await post('/v1/chat/completions', hosts))
  })
})

describe('G3: paths', () => {
  it.each([
    'http://evil.example/v1/chat/completions',
    '//evil.example/v1/chat/completions',
    '/v1//chat/completions',
    '/v1/chat/completions//',
    '/v1/x/../chat/completions',
    '/v1/./chat/completions',
    '/v1/chat/completions/..',
    '/v1/x/%2e%2e/chat/completions',
    '/v1/x/.%2E/chat/completions',
    '/v1%2fchat/completions',
    '/v1/chat%2Fcompletions',
    '/v1/%63hat/completions',
    '/v1%5cchat/completions',
    '/v1\\chat\\completions',
    '/v1/chat/completions%00',
    '/v1/chat/completions%',
    '/v1/chat/completions#x',
    '*',
  ])('G3: %s: 400', async (path) => {
    await expectRefused(await post(path, 'Host: kt\r\n'))
  })

  it('G3: the plain spelling works, with a query that changes nothing, and under HTTP/1.0', async () => {
    for (const answer of [
      await post('/v1/chat/completions', 'Host: my_gateway.example:41002\r\n'),
      await post('/v1/chat/completions?x=/../%2e', 'Host: [::1]:41002\r\n'),
      await post('/v1/chat/completions', 'Host: kt\r\n', '1.0'),
    ])
      expect(parseAnswer(answer).status).toBe(200)
    const urls = bench.upstream.calls.map((call) => call.url)
    expect(urls).toEqual(Array(3).fill('/v1/chat/completions'))
  })
})
