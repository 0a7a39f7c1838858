import { closedPort, startFakeUpstream } from '@keeptrusts/testing'
import { afterEach, expect, it } from 'vitest'
import type { TestGateway } from '../fixtures/test-gateway.ts'
import { bare, chatBody, endAll, endWith, post, startPair } from '../fixtures/test-gateway.ts'
import { callbackYaml, quickPace } from '../fixtures/tracking.ts'

afterEach(endAll)

const queueSize = 10

/** What `/health` says about the only callback. */
async function statusOf({ url }: TestGateway) {
  const { callbacks } = (await (await fetch(`${url}/health`)).json()) as {
    callbacks: { state: string; waiting: number; dropped: number }[]
  }
  return callbacks[0]!
}

/** A tracking server that takes requests and never answers one. */
async function startSilentServer(): Promise<string> {
  const server = await startFakeUpstream({ kind: 'openai', script: () => new Promise(() => {}) })
  endWith(() => server.close())
  return server.url
}

it.each([
  ['is down', async () => (await closedPort()).url],
  ['never answers', startSilentServer],
])(
  'calls are answered while the tracking server %s, the queue stays bounded, and /health counts what is dropped',
  async (_, start) => {
    const { more } = callbackYaml(await start(), `, queue_size: ${queueSize}, flush_seconds: 1`)
    const yaml = { ...bare, more: `${bare.more}\n${more}` }
    const { gateway } = await startPair({ kind: 'openai' }, { yaml, callbackPace: quickPace })
    const calls = 40
    for (let call = 0; call < calls; call++)
      expect((await post(gateway.base, chatBody('Hello'))).status).toBe(200)
    const { waiting, dropped } = await statusOf(gateway)
    expect(waiting).toBeLessThanOrEqual(queueSize)
    expect(dropped).toBeGreaterThanOrEqual(calls - queueSize - 1)
    await expect.poll(async () => (await statusOf(gateway)).state).toBe('retrying')
    await gateway.close()
  },
)
