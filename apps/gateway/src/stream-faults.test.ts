import { Buffer } from 'node:buffer'
import { answerWith, faults } from '@keeptrusts/testing'
import { afterAll, describe, expect, it } from 'vitest'
import { failureOf } from './fixtures/failure-of.ts'
import { chatBody, endAll, onlyAudit, post, startPair } from './fixtures/test-gateway.ts'

afterAll(endAll)

describe('a stream that fails', () => {
  const stream = { stream: true }

  it('breaks for the client as it broke at the model: an error event, no [DONE], no clean end', async () => {
    const { gateway } = await startPair(
      { kind: 'openai', script: faults.resetMidStream() },
      { yaml: onlyAudit },
    )
    const response = await post(gateway.base, chatBody('Hello', stream))
    const text: string[] = []
    const reading = (async () => {
      for await (const chunk of response.body ?? []) text.push(Buffer.from(chunk).toString())
    })()
    await expect(reading).rejects.toThrow()
    expect(text.join('')).toContain('Hello')
    expect(text.join('')).toContain('"code":"upstream_unreachable"')
    expect(text.join('')).not.toContain('[DONE]')
  })

  it('gets a status as long as nothing was sent', async () => {
    const script = answerWith({ type: 'text/event-stream', body: '' })
    const { gateway } = await startPair({ kind: 'openai', script })
    const failure = await failureOf(await post(gateway.base, chatBody('Hello', stream)))
    expect(failure).toMatchObject({ status: 502, error: { code: 'upstream_unreachable' } })
  })

  it('gets a status when it begins with an error', async () => {
    const body = 'data: {"error":{"message":"blocked","type":"RuntimeError"}}\n\n'
    const script = answerWith({ type: 'text/event-stream', body })
    for (const yaml of [{}, onlyAudit]) {
      const { gateway } = await startPair({ kind: 'openai', script }, { yaml })
      const failure = await failureOf(await post(gateway.base, chatBody('Hello', stream)))
      expect(failure).toMatchObject({ status: 502, error: { code: 'upstream_error' } })
    }
  })

  it('ends in order after an error that the server reports in the middle', async () => {
    const script = faults.errorMidStream('CANARY')
    const { gateway } = await startPair({ kind: 'openai', script }, { yaml: onlyAudit })
    const text = await (await post(gateway.base, chatBody('Hello', stream))).text()
    expect(text).toMatch(/"code":"upstream_error"[^\n]*\n\ndata: \[DONE\]\n\n$/)
    expect(text).not.toContain('CANARY')
    expect(gateway.records('request.aborted')).toHaveLength(1)
  })

  it('is completed with [DONE] where the server forgot it, and broken where nothing finished', async () => {
    const event = (reason: string) =>
      `data: {"choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":${reason}}]}\n\n`
    const answer = (reason: string) =>
      answerWith({ type: 'text/event-stream', body: event(reason) })
    for (const yaml of [{}, onlyAudit]) {
      const finished = await startPair({ kind: 'openai', script: answer('"stop"') }, { yaml })
      const whole = await post(finished.gateway.base, chatBody('Hello', stream))
      expect(await whole.text()).toContain('"finish_reason":"stop"')
      const cut = await startPair({ kind: 'openai', script: answer('null') }, { yaml })
      const broken = await post(cut.gateway.base, chatBody('Hello', stream))
      const text = await broken.text().catch(() => 'broken')
      expect(broken.status === 502 || text === 'broken').toBe(true)
    }
  })
})
