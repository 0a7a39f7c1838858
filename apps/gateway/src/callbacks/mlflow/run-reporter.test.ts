import { afterEach, describe, expect, it } from 'vitest'
import { anEndedCall, startReporter } from '../../fixtures/reporter.ts'
import { endAll } from '../../fixtures/test-gateway.ts'
import { latest, startTracking } from '../../fixtures/tracking.ts'

afterEach(endAll)

const hour = 3_600_000

describe('rotation', () => {
  it('finishes the run with all its counts and begins the next one from zero', async () => {
    let now = 1_700_000_000_000
    const tracking = await startTracking()
    const { reporter } = await startReporter(tracking.url, {
      yaml: ', rotate_hours: 2',
      now: () => now,
    })
    const { runs } = tracking.store
    for (let i = 0; i < 3; i++) reporter.observe(anEndedCall())
    await expect.poll(() => latest(runs[0])['requests_total']).toBe(3)
    reporter.observe(anEndedCall())
    now += 2 * hour
    await expect.poll(() => runs[0]?.status).toBe('FINISHED')
    expect(latest(runs[0])['requests_total']).toBe(4)
    expect(runs[0]?.endTime).toBe(now)
    reporter.observe(anEndedCall({ outcome: 'block' }))
    await expect.poll(() => latest(runs[1])['requests_total']).toBe(1)
    expect(runs[1]?.tags.get('keeptrusts.previous_run')).toBe(runs[0]?.id)
    expect(runs[1]?.startTime).toBe(now)
    expect(runs[1]?.status).toBe('RUNNING')
    expect(reporter.status().run_id).toBe(runs[1]?.id)
  })

  it('loses no call that ends while a run is brought to its end', async () => {
    let now = 1_700_000_000_000
    let whenFinishing = (): void => {}
    const tracking = await startTracking({
      script: (request, answer) => {
        if (request.path.includes('runs/update')) whenFinishing()
        return answer()
      },
    })
    const { reporter } = await startReporter(tracking.url, { now: () => now })
    whenFinishing = () => reporter.observe(anEndedCall())
    reporter.observe(anEndedCall())
    now += 24 * hour
    const { runs } = tracking.store
    await expect.poll(() => latest(runs[1])['requests_total']).toBe(1)
    expect(latest(runs[0])['requests_total']).toBe(1)
  })
})

describe('an experiment', () => {
  it('in the bin is not written to; the operator is told, and reports go on when it is back', async () => {
    const tracking = await startTracking()
    const { reporter, lines } = await startReporter(tracking.url)
    await expect.poll(() => reporter.status().reported_at).not.toBeNull()
    tracking.store.deleteExperiment('keeptrusts')
    reporter.observe(anEndedCall())
    await expect.poll(() => reporter.status().state).toBe('off')
    expect(lines.join('')).toContain('The experiment \\"keeptrusts\\" is deleted')
    tracking.store.restoreExperiment('keeptrusts')
    await expect.poll(() => latest(tracking.store.runs.at(-1))['requests_total']).toBe(1)
    expect(reporter.status().state).toBe('ok')
  })

  it('that two gateways make at once is one', async () => {
    const tracking = await startTracking()
    await Promise.all([startReporter(tracking.url), startReporter(tracking.url)])
    await expect.poll(() => tracking.store.runs.length).toBe(2)
    expect(new Set(tracking.store.runs.map((run) => run.experimentId)).size).toBe(1)
  })
})

describe('reports', () => {
  it('are made only when something has changed, each with a step of its own', async () => {
    const tracking = await startTracking()
    const { reporter } = await startReporter(tracking.url, { yaml: ', traces: false' })
    const points = () =>
      (tracking.store.runs[0]?.metrics ?? []).filter(({ key }) => key === 'requests_total')
    for (let i = 1; i <= 3; i++) {
      reporter.observe(anEndedCall())
      await expect.poll(() => points().at(-1)?.value).toBe(i)
    }
    const { length } = tracking.requests
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(tracking.requests).toHaveLength(length)
    const steps = points().map(({ step }) => step)
    expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b))
  })

  it('are signed in the way that MLflow clients are', async () => {
    const basic = `Basic ${Buffer.from('user:secret').toString('base64')}`
    const pair = { MLFLOW_TRACKING_USERNAME: 'user', MLFLOW_TRACKING_PASSWORD: 'secret' }
    const token = { MLFLOW_TRACKING_TOKEN: 'token' }
    const other = { OTHER: 'other' }
    const named = ', token_ref: {env: OTHER}'
    const cases = [
      [{ ...pair, ...token }, '', basic],
      [token, '', 'Bearer token'],
      [{ MLFLOW_TRACKING_USERNAME: 'user', ...token }, '', 'Bearer token'],
      [{}, '', undefined],
      [{ ...pair, ...other }, named, 'Bearer other'],
    ] as const
    for (const [env, yaml, expected] of cases) {
      const tracking = await startTracking()
      const { reporter, lines } = await startReporter(tracking.url, { env, yaml })
      reporter.observe(anEndedCall())
      await expect.poll(() => tracking.spans().length).toBe(2)
      expect(new Set(tracking.requests.map(({ headers }) => headers.authorization))).toEqual(
        new Set([expected]),
      )
      expect(lines.join('')).not.toMatch(/secret|token/)
    }
  })
})
