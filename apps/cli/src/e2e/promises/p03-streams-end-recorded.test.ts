import { afterAll, beforeAll, expect, it } from 'vitest'
import { holdLog } from '../../fixtures/hold-log.ts'
import type { Bench } from '../guards/bench.ts'
import { chat, request, startBench } from '../guards/bench.ts'
import { chunk, streamEnd } from '../guards/recording-upstream.ts'

let bench: Bench
beforeAll(async () => {
  bench = await startBench()
})
afterAll(() => bench.stop())

it('P3: a stream whose end cannot be recorded does not end well, and the log says so later', async () => {
  let finish = (): void => {}
  bench.upstream.answer = (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(chunk('Hel'))
    finish = () => response.end(chunk('lo') + streamEnd)
  }
  const stream = bench.connect()
  stream.socket.write(request(chat('x', { stream: true })))
  await stream.until('"content":"Hel"')
  const release = holdLog(bench)
  finish()
  await stream.closed
  expect(stream.text()).toContain('"content":"lo"')
  expect(stream.text()).toContain('audit_unavailable')
  expect(stream.text()).not.toContain('[DONE]')
  expect(stream.text()).not.toMatch(/"finish_reason":"stop"/)

  release()
  const calls = async () =>
    (await bench.events()).filter(({ type }) => /^request\./.test(String(type)))
  await expect
    .poll(async () => (await calls()).map(({ type }) => type))
    .toContain('request.aborted')
  const [decided, ...ended] = await calls()
  expect(decided).toMatchObject({ type: 'request.decided' })
  expect(ended.at(-1)).toMatchObject({
    reason: 'audit_unavailable',
    request_id: decided?.['request_id'],
    refs: { decided: decided?.['id'] },
  })
})
