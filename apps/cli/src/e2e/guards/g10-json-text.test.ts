import { afterAll, describe, expect, it } from 'vitest'
import { chat, codeOf, pageChain, parseAnswer, startBench } from './bench.ts'
import { acceptable, badBytes, unacceptable } from './json-cases.ts'

const bench = await startBench({ chain: pageChain })
afterAll(() => bench.stop())

const holding = (value: string, content = 'hello'): string =>
  chat(content).replace(/}$/, ` ,\t"metadata" :${value}\n}\r\n`)

async function expectRefused(body: string | Uint8Array): Promise<void> {
  const before = bench.upstream.calls.length
  const answer = await bench.ask(body)
  expect(parseAnswer(answer).status).toBe(400)
  expect(['invalid_json', 'duplicate_key']).toContain(codeOf(answer))
  expect(bench.upstream.calls).toHaveLength(before)
}

describe('G10: the JSON text', () => {
  it.each(acceptable)('G10: %j arrives byte for byte', async (value) => {
    const body = holding(value)
    expect(parseAnswer(await bench.ask(body)).status).toBe(200)
    expect(bench.upstream.calls.at(-1)?.body.toString('hex')).toBe(
      Buffer.from(body).toString('hex'),
    )
  })

  it('G10: a redaction changes its own literal and not a byte more', async () => {
    const before = holding(`[${acceptable.join()}]`, 'Mail ada@example.com')
    expect(parseAnswer(await bench.ask(before)).status).toBe(200)
    const after = before.replace('ada@example.com', '[EMAIL_REDACTED]')
    expect(bench.upstream.calls.at(-1)?.body.toString()).toBe(after)
  })

  it.each(unacceptable)('G10: %s: 400, not forwarded', async (_name, value) => {
    await expectRefused(holding(value))
  })

  it.each(badBytes)('G10: %s in a string: 400, not forwarded', async (_name, hex) => {
    const [before = '', after = ''] = holding('"cut"').split('cut')
    await expectRefused(
      Buffer.concat([Buffer.from(before), Buffer.from(hex, 'hex'), Buffer.from(after)]),
    )
  })

  it.each([
    ['a byte order mark', Buffer.from(`\ufeff${chat('x')}`)],
    ['UTF-16', Buffer.from(chat('x'), 'utf16le')],
    ['UTF-16 with a mark', Buffer.from(`\ufeff${chat('x')}`, 'utf16le')],
    ['two bodies', Buffer.from(chat('x') + chat('y'))],
    ['nothing', Buffer.alloc(0)],
    ['a cut body', Buffer.from(chat('x').slice(0, -1))],
    [
      'a key of the call twice',
      Buffer.from(chat('x').replace('{"model"', '{"model":"other","model"')),
    ],
    [
      'a key of a message twice',
      Buffer.from(chat('x').replace('"content"', '"content":"harmless","content"')),
    ],
  ])('G10: %s: 400, not forwarded', async (_name, body) => {
    await expectRefused(body)
  })
})
