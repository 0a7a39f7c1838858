import { Buffer } from 'node:buffer'
import { onPosts } from '@keeptrusts/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { failureOf } from './fixtures/failure-of.ts'
import { chatBody, endAll, onlyAudit, post, startPair } from './fixtures/test-gateway.ts'

afterEach(endAll)

const streamed = chatBody('Hello', { stream: true })

const textOf = (stream: string): string =>
  stream
    .split('\n')
    .filter((line) => line.startsWith('data: {'))
    .map((line) => JSON.parse(line.slice(6)).choices?.[0]?.delta?.content ?? '')
    .join('')

const blocking = {
  chain: 'pii-detector',
  policy: 'policy:\n  pii-detector: {action: block, entities: [EMAIL_ADDRESS]}',
}

describe('the answer of a stream', () => {
  it('is redacted however it is cut into events', async () => {
    const answer = (): string => 'Write to john@example.com today.'
    for (const chunkLength of [1, 3, 7, 100]) {
      const { gateway } = await startPair({ kind: 'openai', answer, chunkLength })
      const stream = await (await post(gateway.base, streamed)).text()
      expect(textOf(stream)).toBe('Write to [EMAIL_REDACTED] today.')
      expect(stream).toMatch(/data: \[DONE\]\n\n$/)
      expect(gateway.records('request.completed')[0]).toMatchObject({ decision: 'redact' })
    }
  })

  it('passes byte for byte when nothing in it is changed', async () => {
    const body =
      ': hi\n\nevent: x\ndata: {"choices":[{"index":0,"delta":{"content":"H\\u0069"},"finish_reason":null}],"big":12345678901234567890}\n\n' +
      'data:{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\r\n\r\ndata: [DONE]\n\n'
    const script = onPosts((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(body)
    })
    const { gateway } = await startPair({ kind: 'openai', script }, { yaml: onlyAudit })
    expect(await (await post(gateway.base, streamed)).text()).toBe(body)
  })

  it('keeps each event that needs no edit, byte for byte, under policies that act on it', async () => {
    const events =
      'event: x\ndata: {"choices":[{"index":0,"delta":{"content":"h\\u0069 there.\\n"},"finish_reason":null}],"big":12345678901234567890}\n\n' +
      'data:{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\r\n\r\ndata: [DONE]\n\n'
    const script = onPosts((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(`: hi\n\n${events}`)
    })
    const { gateway } = await startPair({ kind: 'openai', script })
    expect(await (await post(gateway.base, streamed)).text()).toBe(events)
  })

  it('hides nothing in comments, ids, unknown fields and what follows its end', async () => {
    const secret = 'john@example.com'
    const event = (text: string) =>
      `data: {"choices":[{"index":0,"delta":{"content":"${text}"}}]}\n\n`
    const finish =
      'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'
    for (const body of [
      `: ${secret}\n\n${event('Hi')}${finish}`,
      `: ${secret}\n${event('Hi')}${finish}`,
      `id: ${secret}\n${event('Hi')}${finish}`,
      `event: ${secret}\n${event(secret)}${finish}`,
      `foo: ${secret}\n\n${event('Hi')}${finish}`,
      `${event('Hi')}${finish}${secret}`,
    ]) {
      const script = onPosts((_request, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).end(body)
      })
      const { gateway } = await startPair({ kind: 'openai', script })
      const received = await (await post(gateway.base, streamed)).text()
      expect(received).not.toContain(secret)
      expect(received).toContain(finish)
    }
  })

  it('is judged and left alone by a policy that only monitors, plain and streamed', async () => {
    const answer = (): string => 'Write to john@example.com'
    const policy =
      'policy:\n  pii-detector: {action: redact, entities: [EMAIL_ADDRESS], mode: monitor}'
    const yaml = { chain: 'pii-detector, audit-logger', policy }
    const { gateway } = await startPair({ kind: 'openai', answer }, { yaml })
    for (const body of [streamed, chatBody('Hello')])
      expect(await (await post(gateway.base, body)).text()).not.toContain('REDACTED')
    const verdicts = gateway.records('request.completed').map((record) => record['policies'])
    expect(verdicts).toHaveLength(2)
    for (const policies of verdicts)
      expect(policies).toMatchObject([{ verdict: 'would_redact', findings_total: 1 }, {}])
  })

  it('goes out although a policy that only monitors cannot read it, plain and streamed, and that is on record', async () => {
    const twice =
      '{"choices":[{"index":0,"message":{"content":"a"},"finish_reason":"stop","x":1,"x":2}]}'
    const chunk = '{"choices":[{"index":0,"delta":{"content":"a"},"x":1,"x":2}]}'
    const policy = 'policy:\n  pii-detector: {mode: monitor}'
    const yaml = { chain: 'pii-detector, audit-logger', policy }
    const events = `data: ${chunk}\n\ndata: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n`
    for (const [type, body, asked] of [
      ['application/json', twice, chatBody('Hello')],
      ['text/event-stream', events, streamed],
    ] as const) {
      const script = onPosts((_request, response) => {
        response.writeHead(200, { 'content-type': type }).end(body)
      })
      const { gateway } = await startPair({ kind: 'openai', script }, { yaml })
      expect(await (await post(gateway.base, asked)).text()).toBe(body)
      expect(gateway.records('request.completed')).toMatchObject([
        { decision: 'allow', policies: [{ policy: 'pii-detector', verdict: 'error' }, {}] },
      ])
    }
  })

  it('that breaks off is on record with what was found and went out until then', async () => {
    let onReceived = (): void => {}
    const received = new Promise<void>((resolve) => {
      onReceived = resolve
    })
    const event = (content: string) =>
      `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }], usage: { prompt_tokens: 3, completion_tokens: 4 } })}\n\n`
    const script = onPosts(async (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(event('Write to john@example.com or not. '))
      await received
      response.destroy()
    })
    const chain = { chain: 'pii-detector, audit-logger', policy: 'policy:\n  pii-detector: {}' }
    const { gateway } = await startPair({ kind: 'openai', script }, { yaml: chain })
    const response = await post(gateway.base, streamed)
    const chunks: Buffer[] = []
    const reading = (async () => {
      for await (const part of response.body ?? []) {
        chunks.push(Buffer.from(part))
        if (String(Buffer.concat(chunks)).includes('REDACTED')) onReceived()
      }
    })()
    await expect(reading).rejects.toThrow()
    const text = Buffer.concat(chunks).toString()
    expect(text).toContain('[EMAIL_REDACTED]')
    expect(gateway.records('request.aborted')).toMatchObject([
      {
        ...{ decision: 'error', usage: { input_tokens: 3, output_tokens: 4 } },
        released_bytes: Buffer.byteLength(text.slice(0, text.indexOf('data: {"error"'))),
        policies: [{ policy: 'pii-detector', verdict: 'redact', findings_total: 1 }, {}],
      },
    ])
  })

  it('is refused with a status when a policy blocks it before anything of it went out', async () => {
    const text = 'Write to john@example.com or call'
    const event = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: text } }] })}\n\n`
    const script = onPosts((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(event)
    })
    const plain = await startPair({ kind: 'openai', answer: () => text }, { yaml: blocking })
    const stream = await startPair({ kind: 'openai', script }, { yaml: blocking })
    for (const response of [
      await post(plain.gateway.base, chatBody('Hello')),
      await post(stream.gateway.base, streamed),
    ]) {
      expect(response.headers.get('x-should-retry')).toBe('false')
      const { status, error } = await failureOf(response)
      expect({ status, code: error.code }).toEqual({ status: 409, code: 'output_blocked' })
      expect(JSON.stringify(error)).not.toContain('john')
    }
  })

  it('ends in order when a policy blocks it later: nothing of the match, every choice closed, bytes counted', async () => {
    const piece = (index: number, content: string) =>
      `data: ${JSON.stringify({ choices: [{ index, delta: { content } }] })}\n\n`
    const script = onPosts(async (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      for (const event of [piece(0, 'Write now '), piece(1, 'Other '), piece(0, 'to jo')]) {
        response.write(event)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      response.write(piece(0, 'hn@example.com or call me'))
    })
    const { gateway } = await startPair({ kind: 'openai', script }, { yaml: blocking })
    const response = await post(gateway.base, streamed)
    expect(response.status).toBe(200)
    const stream = await response.text()
    const end =
      /data: \{[^\n]*"index":0[^\n]*"finish_reason":"content_filter"[^\n]*\n\ndata: \{[^\n]*"index":1[^\n]*"content_filter"[^\n]*\n\ndata: \{"error":\{[^\n]*"output_blocked"[^\n]*\n\ndata: \[DONE\]\n\n$/
    expect(stream).toMatch(end)
    expect(stream).toContain('Write now')
    expect(stream).not.toMatch(/jo|hn@|call/)
    const released = Buffer.byteLength(stream.slice(0, stream.search(end)))
    await expect
      .poll(() => gateway.records('request.completed'))
      .toMatchObject([
        {
          ...{ decision: 'block', policy: 'pii-detector', status: 200 },
          ...{ released_bytes: released, finish_reasons: ['content_filter'] },
        },
      ])
  })

  it('goes out live up to its finishing events, which wait for the record', async () => {
    let finish = (): void => {}
    const script = onPosts((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(
        'data: {"choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":null}]}\n\n',
      )
      finish = () =>
        response.end(
          'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: {"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2}}\n\ndata: [DONE]\n\n',
        )
    })
    const { gateway } = await startPair({ kind: 'openai', script }, { yaml: onlyAudit })
    const response = await post(gateway.base, streamed)
    const reader = response.body!.getReader()
    const first = await reader.read()
    expect(Buffer.from(first.value!).toString()).toContain('"Hi"')
    expect(gateway.records('request.completed')).toHaveLength(0)
    finish()
    const second = await reader.read()
    expect(Buffer.from(second.value!).toString()).toContain('"finish_reason":"stop"')
    expect(gateway.records('request.completed')).toMatchObject([
      { usage: { input_tokens: 1, output_tokens: 2 }, finish_reasons: ['stop'] },
    ])
  })
})
