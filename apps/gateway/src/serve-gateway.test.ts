import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { KeeptrustsError } from '@keeptrusts/core'
import { onPosts } from '@keeptrusts/testing'
import { afterEach, describe, expect, it } from 'vitest'
import {
  callsTo,
  chatBody,
  endAll,
  onlyAudit,
  post,
  startPair,
  startTestGateway,
  startUpstream,
  yamlFor,
} from './fixtures/test-gateway.ts'

afterEach(endAll)

const anyYaml = yamlFor({ baseUrl: 'http://127.0.0.1:9/v1' })

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  return KeeptrustsError.isInstance(error) ? error.code : String(error)
}

/** An upstream that answers when it is told to. */
function held() {
  let release = (): void => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const script = onPosts(async (_request, _response, next) => {
    await released
    next()
  })
  return { script, release: () => release() }
}

describe('serveGateway', () => {
  it('records its start and its stop', async () => {
    const gateway = await startTestGateway(anyYaml)
    expect(gateway.records()).toMatchObject([
      { type: 'gateway.started', listen: gateway.url, pack: { name: 'test', version: '1.0.0' } },
    ])
    await gateway.close()
    expect(gateway.records().map((record) => record.type)).toEqual([
      'gateway.started',
      'gateway.stopped',
    ])
  })

  it('records what has changed in the configuration since the last start, as paths', async () => {
    const first = await startTestGateway(anyYaml)
    const { dataDir } = first
    const folders = { dataDir, configDir: `${dataDir}/../config` }
    const [start] = first.records()
    await first.close()
    const same = await startTestGateway(anyYaml, folders)
    await same.close()
    const other = yamlFor({ baseUrl: 'http://127.0.0.1:9/v2' }).replace('1.0.0', '1.0.1')
    const changed = await startTestGateway(other, folders)
    const records = changed.records()
    await changed.close()
    expect(records.map((record) => record.type)).toEqual([
      'gateway.started',
      'gateway.stopped',
      'gateway.started',
      'gateway.stopped',
      'gateway.started',
      'config.changed',
    ])
    const [started, change] = records.slice(-2)
    expect(change).toMatchObject({
      from: start?.['config_hash'],
      to: started?.['config_hash'],
      paths: ['pack.version', 'providers.targets[0].base_url'],
      paths_total: 2,
    })
    expect(JSON.stringify(change)).not.toContain('127.0.0.1')
  })

  it('says in its start how long records are kept', async () => {
    const days = async (yaml: string) =>
      (await startTestGateway(yaml)).records()[0]?.['retention_days']
    expect(await days(anyYaml)).toBe(365)
    expect(
      await days(yamlFor({ baseUrl: 'http://127.0.0.1:9/v1', chain: 'pii-detector', policy: '' })),
    ).toBe(30)
  })

  it('gives the key of a new log once, and no key for an old one', async () => {
    const first = await startTestGateway(anyYaml)
    expect(first.newLogKey).toMatch(/^keeptrusts\.local/)
    await first.close()
    const { dataDir } = first
    const second = await startTestGateway(anyYaml, { dataDir, configDir: `${dataDir}/../config` })
    expect(second.newLogKey).toBeNull()
  })

  it('says that a port is taken, and leaves the log free', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const listen = { host: '127.0.0.1', port }
    expect(await codeOf(startTestGateway(anyYaml, { listen }))).toBe('port-in-use')
    expect(
      await codeOf(startTestGateway(anyYaml, { listen: { host: '192.0.2.1', port: 0 } })),
    ).toBe('address-unavailable')
    await new Promise((resolve) => server.close(resolve))
  })

  it('stops listening when its start cannot be recorded', async () => {
    const probe = createServer()
    await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
    const { port } = probe.address() as AddressInfo
    await new Promise((resolve) => probe.close(resolve))
    const listen = { host: '127.0.0.1', port }
    // No event can be made with such a clock.
    await expect(startTestGateway(anyYaml, { listen, now: () => Number.NaN })).rejects.toThrow()
    expect((await startTestGateway(anyYaml, { listen })).url).toBe(`http://127.0.0.1:${port}`)
  })

  it('refuses a second gateway on the same data folder', async () => {
    const first = await startTestGateway(anyYaml)
    const { dataDir } = first
    const second = startTestGateway(anyYaml, { dataDir, configDir: `${dataDir}/../config` })
    expect(await codeOf(second)).toBe('data-dir-in-use')
  })

  it('warns of an open address and of unset tokens', async () => {
    const yaml = yamlFor({
      baseUrl: 'http://127.0.0.1:9/v1',
      target: 'secret_key_ref: {env: MODEL_TOKEN}',
    })
    const gateway = await startTestGateway(yaml, { listen: { host: '0.0.0.0', port: 0 } })
    expect(gateway.warnings).toHaveLength(2)
    expect(gateway.warnings.join('\n')).toMatch(/MODEL_TOKEN[\s\S]*without client authentication/)
    const quiet = await startTestGateway(yaml, { env: { MODEL_TOKEN: 't' } })
    expect(quiet.warnings).toEqual([])
  })
})

describe('a gateway that is told to stop', () => {
  it('lets calls under way end, takes no new ones, and is not ready', async () => {
    const { script, release } = held()
    const { upstream, gateway } = await startPair({ kind: 'openai', script })
    const underWay = post(gateway.base, chatBody('Hello'))
    await expect.poll(() => callsTo(upstream).length).toBe(1)
    const closing = gateway.close({ drainMs: 10_000 })
    const ready = await gateway.gateway.app.request('/readyz')
    expect(ready.status).toBe(503)
    await expect(post(gateway.base, chatBody('Hello'))).rejects.toThrow()
    release()
    const response = await underWay
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('You said: Hello')
    await closing
    expect(gateway.records().map((record) => record.type)).toEqual([
      'gateway.started',
      'request.decided',
      'request.completed',
      'gateway.stopped',
    ])
  })

  it('cuts off what does not end in time, and records that', async () => {
    for (const stream of [false, true]) {
      const { script } = held()
      const { upstream, gateway } = await startPair({ kind: 'openai', script }, { yaml: onlyAudit })
      const underWay = post(gateway.base, chatBody('Hello', { stream }))
        .then((response) => response.status)
        .catch(() => 'broken')
      await expect.poll(() => callsTo(upstream).length).toBe(1)
      await gateway.close({ drainMs: 50 })
      expect([503, 'broken']).toContain(await underWay)
      expect(gateway.records('request.aborted')).toMatchObject([{ reason: 'shutdown' }])
      expect(gateway.records().at(-1)?.type).toBe('gateway.stopped')
      expect(callsTo(upstream)[0]?.aborted).toBe(true)
    }
  })
})

describe('GET /health', () => {
  it('tells callers on the machine about targets, and others not', async () => {
    const upstream = await startUpstream({ kind: 'openai' })
    const gateway = await startTestGateway(yamlFor({ baseUrl: `${upstream.url}/v1` }))
    await post(gateway.base, chatBody('Hello'))
    const near = await (await fetch(`${gateway.url}/health`)).json()
    expect(near).toEqual({
      status: 'healthy',
      uptime_seconds: expect.any(Number),
      version: '0.0.0-test',
      providers: { 'mlflow-chat': 'reachable' },
      circuits: { 'mlflow-chat': 'closed' },
      policies_loaded: 3,
      requests_processed: 1,
      requests_rejected: 0,
    })
    const far = await (await gateway.gateway.app.request('/health')).json()
    expect(far).not.toHaveProperty('providers')
    expect(far).not.toHaveProperty('circuits')
  })

  it('reports a target that is gone, and stays ready: the model server is not ours', async () => {
    const gateway = await startTestGateway(anyYaml)
    await post(gateway.base, chatBody('Hello'))
    const report = await (await fetch(`${gateway.url}/health`)).json()
    expect(report).toMatchObject({
      status: 'degraded',
      providers: { 'mlflow-chat': 'unreachable' },
    })
    for (const path of ['/readyz', '/ready', '/healthz'])
      expect((await fetch(gateway.url + path)).status).toBe(200)
  })
})
