import { once } from 'node:events'
import type { Socket } from 'node:net'
import { connect } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { onPosts } from '@keeptrusts/testing'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { callsTo, chatBody, endAll, post, startPair } from './fixtures/test-gateway.ts'

afterEach(endAll)

const body = chatBody('Hello')
const rawCall = `POST /v1/chat/completions HTTP/1.1\r\nhost: gateway\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`

function openSocket(url: string): Socket {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.on('error', () => {})
  return socket
}

/** A pair whose model answers when it is told to. */
async function startWaitingPair(maxConcurrency: number) {
  let answer = (): void => {}
  const told = new Promise<void>((resolve) => {
    answer = resolve
  })
  const script = onPosts(async (_request, _response, next) => {
    await told
    await next()
  })
  const pair = await startPair({ kind: 'openai', script }, { maxConcurrency })
  return { ...pair, answer }
}

describe('a place among the calls at once is given back', () => {
  it('when the client of a call in line leaves before its body was read', async () => {
    const { upstream, gateway, answer } = await startWaitingPair(1)
    const entered = vi.spyOn(gateway.gateway.deps.limiter, 'enter')
    const first = post(gateway.base, body)
    await expect.poll(() => callsTo(upstream)).toHaveLength(1)
    const waiting = openSocket(gateway.url)
    waiting.write(rawCall.slice(0, -5))
    await expect.poll(() => entered.mock.calls.length).toBe(2)
    waiting.resetAndDestroy()
    await once(waiting, 'close')
    // The other end is in this process: a few turns later it has read the reset.
    for (let turn = 0; turn < 20; turn++) await nextTurn()
    answer()
    expect((await first).status).toBe(200)
    await expect.poll(() => gateway.gateway.deps.status.active).toBe(0)
    expect((await post(gateway.base, body)).status).toBe(200)
    expect(gateway.records('request.decided').map(({ decision }) => decision)).toEqual([
      'allow',
      'error',
      'allow',
    ])
  })

  it('when a client leaves with pipelined calls under way, and each of them is cancelled', async () => {
    const { upstream, gateway } = await startWaitingPair(3)
    const socket = openSocket(gateway.url)
    socket.write(rawCall.repeat(3))
    await expect.poll(() => callsTo(upstream)).toHaveLength(3)
    socket.destroy()
    await expect.poll(() => gateway.gateway.deps.status.active).toBe(0)
    const aborted = gateway.records('request.aborted')
    expect(aborted.map(({ reason }) => reason)).toEqual(Array(3).fill('client_disconnected'))
    await expect
      .poll(() => callsTo(upstream).every(({ abortedAt }) => abortedAt !== null))
      .toBe(true)
    expect(gateway.records('request.completed')).toHaveLength(0)
  })
})
