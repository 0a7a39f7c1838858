import { closedPort } from '@keeptrusts/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { diagnose, trackingServer, withRoutes } from '../fixtures/diagnose.ts'
import { endAll, startUpstream, yamlFor } from '../fixtures/test-gateway.ts'

afterEach(endAll)

const secret = 'secret_key_ref: {env: MLFLOW_TRACKING_TOKEN}'
const line = 'providers.targets[0] (policy-config.yaml:5)'

describe('each row of the troubleshooting table is found', () => {
  it('502: nothing answers at base_url', async () => {
    const { url } = await closedPort()
    const { of } = await diagnose(yamlFor({ baseUrl: `${url}/v1` }))
    expect(of('reach')).toMatchObject({
      status: 'failed',
      code: 'connection-refused',
      message: `Nothing listens at ${new URL(url).host}.`,
      fix: `Start the server there, or correct base_url of ${line}.`,
    })
    expect(of('request')).toMatchObject({ status: 'skipped' })
  })

  it('404: the model has another name at mlflow gateway start', async () => {
    const { url } = await startUpstream({ kind: 'mlflow-gateway', model: 'their-model' })
    const { of } = await diagnose(yamlFor({ baseUrl: `${url}/v1` }))
    expect(of('request')).toMatchObject({ status: 'ok', code: 'path-right' })
    expect(of('model')).toMatchObject({
      status: 'failed',
      code: 'model-not-found',
      message: 'The server has no chat endpoint "my-chat-model". Endpoints there: their-model.',
      fix: 'Write one of these as the last part of providers.targets[0].provider (policy-config.yaml:5).',
    })
  })

  it('404: the model has another name at mlflow server', async () => {
    const { url } = await startUpstream({ kind: 'openai', script: withRoutes(trackingServer) })
    const right = await diagnose(yamlFor({ baseUrl: url }))
    expect(right.of('model')).toMatchObject({ status: 'ok', code: 'model-found' })
    const wrong = await diagnose(yamlFor({ baseUrl: url, model: 'my-model' }))
    expect(wrong.of('model')).toMatchObject({ status: 'failed', code: 'model-not-found' })
    expect(wrong.of('model')?.message).toContain('Endpoints there: my-chat-model.')
  })

  it('404: the model has another name at an OpenAI-like server, which only a call shows', async () => {
    const { url } = await startUpstream({ kind: 'openai', model: 'their-model' })
    const yaml = yamlFor({ baseUrl: `${url}/v1` })
    expect((await diagnose(yaml)).of('model')).toMatchObject({
      status: 'skipped',
      fix: expect.stringContaining('kt doctor --call'),
    })
    const { of } = await diagnose(yaml, { call: true })
    expect(of('call')).toMatchObject({
      status: 'failed',
      code: 'model-not-found',
      fix: expect.stringContaining('providers.targets[0].provider (policy-config.yaml:5)'),
    })
    expect(of('stream')).toMatchObject({ status: 'skipped' })
  })

  it('401: the token is not set', async () => {
    const { url, requests } = await startUpstream({ kind: 'openai', token: 't0ken' })
    const { of } = await diagnose(yamlFor({ baseUrl: `${url}/v1`, target: secret }))
    expect(of('token')).toMatchObject({
      status: 'failed',
      code: 'token-missing',
      message: expect.stringContaining('MLFLOW_TRACKING_TOKEN is not set'),
      fix: 'Set MLFLOW_TRACKING_TOKEN and restart the gateway.',
    })
    expect(of('request')).toMatchObject({ status: 'skipped', code: 'token-not-tried' })
    expect(requests.every(({ headers }) => headers.authorization === undefined)).toBe(true)
  })

  it('401: the token has expired', async () => {
    const { url } = await startUpstream({ kind: 'openai', token: 't0ken' })
    const yaml = yamlFor({ baseUrl: `${url}/v1`, target: secret })
    const diagnosis = await diagnose(yaml, { env: { MLFLOW_TRACKING_TOKEN: 'exp1red' } })
    expect(diagnosis.of('request')).toMatchObject({
      status: 'failed',
      code: 'token-refused',
      message:
        'The server refused the credentials (status 401). Token in MLFLOW_TRACKING_TOKEN, sent as a bearer token.',
      fix: 'Set MLFLOW_TRACKING_TOKEN to what the server takes and restart the gateway.',
    })
    expect(JSON.stringify(diagnosis)).not.toContain('exp1red')
    const good = await diagnose(yaml, { env: { MLFLOW_TRACKING_TOKEN: 't0ken' } })
    expect(good.of('request')).toMatchObject({ status: 'ok', code: 'path-right' })
    expect(JSON.stringify(good)).not.toContain('t0ken')
  })

  it('the MLflow UI shows no governance data', async () => {
    const { url } = await startUpstream({ kind: 'mlflow-scoring' })
    const { of } = await diagnose(yamlFor({ baseUrl: url }))
    expect(of('tracking', 'callbacks')).toMatchObject({
      status: 'skipped',
      code: 'not-logging-back',
      fix: expect.stringContaining('callbacks: [{type: mlflow, tracking_uri: '),
    })
  })
})
