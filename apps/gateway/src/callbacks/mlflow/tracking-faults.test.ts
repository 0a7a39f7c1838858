import { closedPort, firstRequests, trackingFaults } from '@keeptrusts/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { anEndedCall, startReporter } from '../../fixtures/reporter.ts'
import { endAll } from '../../fixtures/test-gateway.ts'
import { latest, startTracking } from '../../fixtures/tracking.ts'

afterEach(endAll)

const { answerLost, hostRefused, silent, status } = trackingFaults

function warnings(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => line.includes('"warn"'))
}

describe('an answer that is lost', () => {
  it.each(['experiments/create', 'runs/create', 'runs/log-batch', 'runs/update', 'v1/traces'])(
    'to %s leaves one run, one point for each count and one trace',
    async (part) => {
      const tracking = await startTracking({
        script: firstRequests({ part, count: 2 }, answerLost),
      })
      const { reporter } = await startReporter(tracking.url)
      reporter.observe(anEndedCall())
      await expect.poll(() => latest(tracking.store.runs[0])['requests_total']).toBe(1)
      await expect.poll(() => tracking.spans().length).toBe(2)
      await expect.poll(() => reporter.status()).toMatchObject({ state: 'ok', waiting: 0 })
      await reporter.stop(1000)
      expect(tracking.store.runs).toHaveLength(1)
      const [run] = tracking.store.runs
      expect(run?.status).toBe('FINISHED')
      const totals = run?.metrics.filter(({ key, value }) => key === 'requests_total' && value > 0)
      expect(totals).toHaveLength(1)
      expect(tracking.spans()).toHaveLength(2)
      expect(reporter.status().dropped).toBe(0)
    },
  )
})

describe('a server that fails', () => {
  it.each([500, 503, 408, 429])('with %d gets the same report again', async (code) => {
    const script = firstRequests({ part: 'log-batch', count: 3 }, status(code))
    const tracking = await startTracking({ script })
    const { reporter, lines } = await startReporter(tracking.url)
    reporter.observe(anEndedCall())
    await expect.poll(() => latest(tracking.store.runs[0])['requests_total']).toBe(1)
    await expect.poll(() => lines.filter((line) => line.includes('recovered')).length).toBe(1)
    const batches = tracking.requests.filter(({ path }) => path.includes('log-batch'))
    expect(new Set(batches.slice(0, 4).map(({ bytes }) => `${bytes}`)).size).toBe(1)
    expect(warnings(lines)).toHaveLength(1)
  })

  it('and asks for a second of patience gets it', async () => {
    const script = firstRequests({ part: 'get-by-name' }, status(429, { 'retry-after': '1' }))
    const tracking = await startTracking({ script })
    const asked = Date.now()
    await startReporter(tracking.url)
    await expect.poll(() => tracking.store.runs.length).toBe(1)
    expect(Date.now() - asked).toBeGreaterThanOrEqual(990)
  })
})

describe('a server that refuses', () => {
  it('the credentials is asked slowly, and the operator is told the variables', async () => {
    const tracking = await startTracking({
      script: firstRequests({ part: 'get-by-name', count: 2 }, status(401)),
    })
    const { lines } = await startReporter(tracking.url)
    await expect.poll(() => tracking.store.runs.length).toBe(1)
    expect(warnings(lines)).toHaveLength(1)
    expect(warnings(lines)[0]).toMatch(/MLFLOW_TRACKING_USERNAME and .*, or MLFLOW_TRACKING_TOKEN/)
  })

  it('its own name: the operator is told the flag that allows it', async () => {
    const tracking = await startTracking({ script: hostRefused })
    const { lines } = await startReporter(tracking.url)
    await expect.poll(() => warnings(lines).length).toBe(1)
    expect(warnings(lines)[0]).toContain(`--allowed-hosts 127.0.0.1:${tracking.port}`)
  })

  it.each([404, 405, 501])('traces with %d gets none, and its counts go on', async (code) => {
    const tracking = await startTracking({
      script: firstRequests({ part: 'v1/traces', count: 1000 }, status(code)),
    })
    const { reporter, lines } = await startReporter(tracking.url)
    reporter.observe(anEndedCall())
    await expect.poll(() => reporter.status().traces).toBe('off')
    reporter.observe(anEndedCall())
    await expect.poll(() => latest(tracking.store.runs[0])['requests_total']).toBe(2)
    expect(tracking.requests.filter(({ path }) => path === '/v1/traces')).toHaveLength(1)
    expect(warnings(lines)).toHaveLength(1)
    expect(reporter.status()).toMatchObject({ state: 'ok', waiting: 0, dropped: 0 })
  })

  it.each([400, 413, 422])('a batch with %d: it is dropped and counted', async (code) => {
    const tracking = await startTracking({
      script: firstRequests({ part: 'v1/traces' }, status(code)),
    })
    const { reporter } = await startReporter(tracking.url)
    reporter.observe(anEndedCall())
    await expect.poll(() => reporter.status().dropped).toBe(1)
    reporter.observe(anEndedCall({ requestId: 'req_2' }))
    await expect.poll(() => tracking.spans().length).toBe(2)
    expect(tracking.spans()[0]?.attributes['keeptrusts.request_id']).toBe('req_2')
    await reporter.stop(1000)
    expect(latest(tracking.store.runs[0])['callback_dropped']).toBe(1)
  })

  it('a report: the next one says every total again', async () => {
    let refused = 0
    const tracking = await startTracking({
      script: (request, answer) => {
        if (refused > 0 || !`${request.bytes}`.includes('tokens_input')) return answer()
        refused += 1
        return { status: 400, type: 'application/json', text: '{"error_code":"BAD_REQUEST"}' }
      },
    })
    const { reporter, lines } = await startReporter(tracking.url)
    reporter.observe(anEndedCall())
    await expect.poll(() => latest(tracking.store.runs[0])['tokens_input']).toBe(10)
    expect(refused).toBe(1)
    expect(warnings(lines)).toHaveLength(1)
    expect(warnings(lines)[0]).toContain('BAD_REQUEST')
  })

  it('by sending it elsewhere is not followed', async () => {
    const elsewhere = await startTracking()
    const script = status(307, { location: elsewhere.url })
    const tracking = await startTracking({ script: () => script({} as never, () => ({}) as never) })
    const { reporter } = await startReporter(tracking.url)
    await expect.poll(() => reporter.status().state).toBe('off')
    expect(elsewhere.requests).toEqual([])
  })
})

describe('a server that is away', () => {
  it('leaves a bounded number of traces waiting, and gets every count when it is back', async () => {
    const { url, port } = await closedPort()
    const { reporter } = await startReporter(url, { yaml: ', queue_size: 10' })
    for (let i = 0; i < 1000; i++) {
      reporter.observe(anEndedCall({ requestId: `req_${i}` }))
      expect(reporter.status().waiting).toBeLessThanOrEqual(10)
    }
    await expect.poll(() => reporter.status().state).toBe('retrying')
    const tracking = await startTracking({ port })
    await expect.poll(() => latest(tracking.store.runs[0])['requests_total']).toBe(1000)
    expect(reporter.status().dropped).toBe(990)
    await expect.poll(() => tracking.spans().length).toBe(20)
    const ids = tracking.spans().map(({ attributes }) => attributes['keeptrusts.request_id'])
    expect(ids).toContain('req_999')
    expect(ids).not.toContain('req_989')
    await expect.poll(() => latest(tracking.store.runs[0])['callback_dropped']).toBe(990)
  })

  it('in the middle of a run gets what it missed', async () => {
    const first = await startTracking()
    const { reporter } = await startReporter(first.url)
    reporter.observe(anEndedCall())
    await expect.poll(() => latest(first.store.runs[0])['requests_total']).toBe(1)
    await first.close()
    reporter.observe(anEndedCall())
    await expect.poll(() => reporter.status().state).toBe('retrying')
    // The database is another one too, as with a server that keeps nothing: the counts go on in a new run.
    const second = await startTracking({ port: first.port })
    await expect.poll(() => latest(second.store.runs[0])['requests_total']).toBe(2)
  })

  it('does not hold up a stop', async () => {
    const { url } = await closedPort()
    const { reporter, lines } = await startReporter(url, { pace: { firstRetryMs: 60_000 } })
    reporter.observe(anEndedCall())
    await expect.poll(() => reporter.status().state).toBe('retrying')
    await reporter.stop(60_000)
    expect(lines.at(-1)).toContain('callback.left_behind')
  })

  it('without a word does not hold up a stop for longer than it may last', async () => {
    const tracking = await startTracking({ script: silent })
    const { reporter } = await startReporter(tracking.url, { pace: { requestMs: 60_000 } })
    reporter.observe(anEndedCall())
    await expect.poll(() => tracking.requests.length).toBeGreaterThan(0)
    await reporter.stop(50)
    expect(reporter.status().waiting).toBe(1)
  })

  it('without a word is given up after a while, and asked again', async () => {
    const script = firstRequests({ part: 'get-by-name' }, silent)
    const tracking = await startTracking({ script })
    await startReporter(tracking.url, { pace: { requestMs: 50 } })
    await expect.poll(() => tracking.store.runs.length).toBe(1)
  })
})

it('traces go on after a 404 of what stood in for a server that had taken some', async () => {
  const answers = { count: 0 }
  const tracking = await startTracking({
    script: (request, answer) => {
      if (!request.path.includes('v1/traces') || answers.count++ !== 1) return answer()
      return { status: 404, type: 'text/plain', text: 'default backend - 404' }
    },
  })
  const { reporter } = await startReporter(tracking.url)
  reporter.observe(anEndedCall())
  await expect.poll(() => tracking.spans().length).toBe(2)
  reporter.observe(anEndedCall({ requestId: 'req_2' }))
  await expect.poll(() => tracking.spans().length).toBe(4)
  expect(reporter.status()).toMatchObject({ waiting: 0, dropped: 0 })
})
