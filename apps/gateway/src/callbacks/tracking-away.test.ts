import { closedPort, firstRequests, startFakeUpstream, trackingFaults } from '@keeptrusts/testing'
import { afterEach, expect, it } from 'vitest'
import { anEndedCall, startReporter } from '../fixtures/reporter.ts'
import type { TestGateway } from '../fixtures/test-gateway.ts'
import { bare, chatBody, endAll, endWith, post, startPair } from '../fixtures/test-gateway.ts'
import { callbackYaml, quickPace, startTracking } from '../fixtures/tracking.ts'

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

it('what is on its way to a server that does not answer counts as waiting', async () => {
  const script = firstRequests({ part: 'v1/traces', count: 1000 }, trackingFaults.silent)
  const tracking = await startTracking({ script })
  const { reporter } = await startReporter(tracking.url, { yaml: `, queue_size: ${queueSize}` })
  for (let call = 0; call < queueSize; call++) reporter.observe(anEndedCall())
  await expect.poll(() => tracking.requests.map(({ path }) => path)).toContain('/v1/traces')
  for (let call = 0; call < queueSize; call++) reporter.observe(anEndedCall())
  expect(reporter.status()).toMatchObject({ waiting: queueSize, dropped: queueSize })
})

it('a token server that is away is not taken for a tracking server that refuses the credentials', async () => {
  const { url } = await closedPort()
  const auth = `auth: {type: oauth_m2m, token_url: "${url}/token", client_id_ref: {env: ID}, client_secret_ref: {env: SECRET}}`
  const env = { ID: 'id', SECRET: 'secret' }
  const tracking = await startTracking()
  const { reporter, lines } = await startReporter(tracking.url, { yaml: `, ${auth}`, env })
  reporter.observe(anEndedCall())
  await expect.poll(() => lines.join()).toContain('No token can be had for the tracking server')
  expect(lines.join()).not.toContain('refuses the credentials')
  expect(reporter.status().state).toBe('retrying')
})
