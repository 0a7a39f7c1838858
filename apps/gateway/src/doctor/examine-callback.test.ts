import { afterEach, describe, expect, it } from 'vitest'
import { diagnose, hostRefusal, trackingServer, withRoutes } from '../fixtures/diagnose.ts'
import { endAll, startUpstream, yamlFor } from '../fixtures/test-gateway.ts'

afterEach(endAll)

const byName = 'GET /api/2.0/mlflow/experiments/get-by-name'

async function examine(routes: Parameters<typeof withRoutes>[0], more = '', env = {}) {
  const upstream = await startUpstream({ kind: 'openai', script: withRoutes(routes) })
  const yaml = `callbacks:\n  - {type: mlflow, tracking_uri: "${upstream.url}"${more}}`
  const text = yamlFor({ baseUrl: `${upstream.url}/gateway/mlflow/v1`, more: yaml })
  const diagnosis = await diagnose(text, { env })
  const of = (check: string) => diagnosis.of(check, 'callbacks[0]')
  return { ...diagnosis, of, upstream }
}

describe('a tracking server that is to be told', () => {
  it('takes credentials and traces, and lacks only the experiment, which is not made', async () => {
    const { of, upstream } = await examine(trackingServer, '', { MLFLOW_TRACKING_TOKEN: 't0ken' })
    expect(of('tracking')).toMatchObject({ status: 'ok', code: 'tracking-server-right' })
    expect(of('experiment')).toMatchObject({ status: 'ok', code: 'experiment-will-be-made' })
    expect(of('traces')).toMatchObject({ status: 'ok', code: 'traces-taken' })
    const asked = upstream.requests.filter(({ path }) => path.startsWith('/api/2.0/mlflow'))
    expect(asked).toMatchObject([{ method: 'GET', headers: { authorization: 'Bearer t0ken' } }])
    expect(asked[0]?.path).toContain('experiment_name=keeptrusts')
  })

  it('is signed in to with user name and password before the token, as MLflow does', async () => {
    const { upstream } = await examine(trackingServer, '', {
      MLFLOW_TRACKING_USERNAME: 'ada',
      MLFLOW_TRACKING_PASSWORD: 'pw',
      MLFLOW_TRACKING_TOKEN: 't0ken',
    })
    const asked = upstream.requests.find(({ path }) => path.startsWith('/api/2.0/mlflow'))
    expect(asked?.headers.authorization).toMatch(/^Basic /)
  })

  it('has the experiment, or had it', async () => {
    const experiment = (stage: string) => [200, { experiment: { lifecycle_stage: stage } }] as const
    const there = await examine({ ...trackingServer, [byName]: experiment('active') })
    expect(there.of('experiment')).toMatchObject({ status: 'ok', code: 'experiment-found' })
    const gone = await examine({ ...trackingServer, [byName]: experiment('deleted') })
    expect(gone.of('experiment')).toMatchObject({ status: 'failed', code: 'experiment-deleted' })
  })

  it('refuses the host name, the credentials, or is something else', async () => {
    const refused = await examine({ ...trackingServer, [byName]: hostRefusal })
    const { host } = new URL(refused.upstream.url)
    expect(refused.of('tracking')).toMatchObject({ status: 'failed', code: 'host-refused' })
    expect(refused.of('tracking')?.fix).toContain(`--allowed-hosts ${host},`)
    const closed = { ...trackingServer, [byName]: [401, 'You are not authenticated.'] as const }
    expect((await examine(closed)).of('tracking')?.fix).toContain('Set MLFLOW_TRACKING_USERNAME')
    const token = await examine(closed, ', token_ref: {env: TT}', { TT: 's3cret' })
    expect(token.of('tracking')?.message).toContain('refused the credentials in TT (status 401)')
    expect((await examine(closed, ', token_ref: {env: TT}')).of('token')).toMatchObject({
      status: 'failed',
      code: 'token-missing',
      fix: 'Set TT and restart the gateway.',
    })
    const { [byName]: _, ...other } = trackingServer
    expect((await examine(other)).of('tracking')).toMatchObject({ code: 'not-a-tracking-server' })
  })

  it('takes no traces before MLflow 3.6', async () => {
    const { 'POST /v1/traces': _, ...older } = trackingServer
    expect((await examine(older)).of('traces')).toMatchObject({
      status: 'warning',
      code: 'no-traces',
    })
    expect((await examine(older, ', traces: false')).of('traces')).toBeUndefined()
  })

  it('must not be a server for models', async () => {
    const model = await startUpstream({ kind: 'mlflow-scoring' })
    const more = `callbacks: [{type: mlflow, tracking_uri: "${model.url}"}]`
    const { of } = await diagnose(yamlFor({ baseUrl: model.url, more }))
    expect(of('tracking', 'callbacks[0]')).toMatchObject({ code: 'not-a-tracking-server' })
  })
})
