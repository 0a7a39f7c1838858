import { request } from 'node:http'
import { faults } from '@keeptrusts/testing'
import { afterEach, describe, expect, it } from 'vitest'
import {
  callsTo,
  chatBody,
  endAll,
  noPolicies,
  onlyAudit,
  startPair,
} from './fixtures/test-gateway.ts'

afterEach(endAll)

/** Opens a call and leaves it when `ready` says so; resolves with the time of leaving, milliseconds since the epoch. */
async function leave(base: string, body: string, ready: () => Promise<void>): Promise<number> {
  const call = request(`${base}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
  })
  call.on('error', () => {})
  call.on('response', (response) => response.resume().on('error', () => {}))
  call.end(body)
  await ready()
  const left = Date.now()
  call.destroy()
  await new Promise((resolve) => call.once('close', resolve))
  return left
}

describe.each([
  ['before the head of a plain answer', false, faults.hangBeforeHeaders(), {}],
  ['before the head of a stream', true, faults.hangBeforeHeaders(), {}],
  ['in the middle of a live stream', true, faults.hangMidStream(), onlyAudit],
  ['in the middle of a buffered stream', true, faults.hangMidStream(), {}],
  ['without a durable log', true, faults.hangMidStream(), noPolicies],
])('a client that leaves %s', (_name, stream, fault, yaml) => {
  // What else the machine does may cost more time; what the gateway does must not, three times over.
  it('cancels the upstream within 200 ms, or ten times what a call took to get there, and is recorded', {
    retry: 2,
  }, async () => {
    const { upstream, gateway } = await startPair({ kind: 'openai', script: fault }, { yaml })
    const begun = Date.now()
    const left = await leave(gateway.base, chatBody('Hello', { stream }), async () => {
      await expect.poll(() => callsTo(upstream).length).toBe(1)
      await new Promise((resolve) => setTimeout(resolve, 50))
    })
    await expect.poll(() => callsTo(upstream)[0]?.abortedAt).not.toBeNull()
    const [call] = callsTo(upstream)
    const there = (call?.time ?? 0) - begun
    expect((call?.abortedAt ?? 0) - left).toBeLessThan(Math.max(200, 10 * there))
    await expect.poll(() => gateway.records('request.aborted')).toHaveLength(1)
    const [decided] = gateway.records('request.decided')
    expect(gateway.records('request.aborted')[0]).toMatchObject({
      reason: 'client_disconnected',
      request_id: decided?.request_id,
      refs: { decided: decided?.id },
    })
    expect(gateway.records('request.completed')).toHaveLength(0)
    await expect.poll(() => gateway.gateway.deps.status.active).toBe(0)
  })
})
