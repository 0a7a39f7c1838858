// `callbacks`: the gateway keeps a run and traces in a real tracking server by itself, without any text of a call.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { begin, check } from '../checks.mjs'
import { injection, injectionMark, personal, planted } from '../prompts.mjs'

const experiment = 'e2e-governance'
// Asked nowhere else: the other servers of this run keep traces of their own in the same database.
const question = 'How many canaries sing in the quarterly report?'
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'

export async function governanceRun(world) {
  begin('The gateway reports to MLflow by itself')
  const tracking = await world.startTracking()
  const trackingUrl = `http://127.0.0.1:${tracking.port}`
  world.env['E2E_OPENAI_KEY'] = 'sk-e2e'
  world.writeConfig(configuration(world.fakeOpenai.url, trackingUrl))
  const gateway = await world.startGateway()
  const ask = (content, more, headers) => chat(world.gatewayUrl, { content, more, headers })

  await check('calls are answered as ever', async () => {
    assert.equal(await ask(question), 200)
    assert.equal(
      await ask(personal, { stream: true }, { traceparent: `00-${traceId}-00f067aa0ba902b7-01` }),
      200,
    )
    assert.equal(await ask(injection), 409)
  })
  await check('the run has the counts within seconds, while the gateway runs', async () => {
    const run = await until(async () => {
      const [newest] = await runsOf(trackingUrl)
      return metricsOf(newest)['requests_total'] === 3 ? newest : null
    })
    assert.equal(run.info.status, 'RUNNING')
    const { requests_blocked, requests_redacted, requests_failed } = metricsOf(run)
    assert.deepEqual([requests_blocked, requests_redacted, requests_failed], [1, 1, 0])
  })
  await check('/health says that reports arrive', async () => {
    const status = await until(async () => {
      const { callbacks } = await (await fetch(`${world.gatewayUrl}/health`)).json()
      return callbacks[0].waiting === 0 ? callbacks[0] : null
    })
    assert.deepEqual([status.state, status.traces, status.dropped], ['ok', 'ok', 0])
  })
  await gateway.stop()

  const runs = await runsOf(trackingUrl)
  await check("one run, finished by the stop, with the page's name and parameters", () => {
    assert.equal(runs.length, 1)
    assert.deepEqual(
      [runs[0].info.run_name, runs[0].info.status],
      ['governed-inference', 'FINISHED'],
    )
    const params = Object.fromEntries(runs[0].data.params.map(({ key, value }) => [key, value]))
    assert.equal(params['gateway'], 'keeptrusts')
    assert.equal(params['policies'], 'prompt-injection,pii-detector,audit-logger')
  })
  const traces = await tracesOf(world, trackingUrl, runs[0].info.experiment_id)
  await check("a trace of each call, as MLflow's own client reads them", () => {
    assert.deepEqual(traces.map(({ state }) => state).sort(), ['ERROR', 'OK', 'OK'])
    const redacted = traces.find(({ id }) => id === `tr-${traceId}`)
    assert.equal(redacted.spans.length, 2)
    const blocked = traces.find(({ state }) => state === 'ERROR')
    assert.equal(blocked.spans[0].attributes['keeptrusts.reason_code'], 'prompt_injection_detected')
    assert.ok(traces.some(({ tokens }) => tokens?.total_tokens > 0))
  })
  await check('no text of a call in the run, in the traces or in the database', () => {
    const written = JSON.stringify([runs, traces])
    const database = readFileSync(join(world.folder, 'mlflow.db'))
    for (const text of [...planted, injectionMark, question]) {
      assert.ok(!written.includes(text), `"${text}" was reported`)
      assert.ok(!database.includes(text), `"${text}" is in the database`)
    }
  })
  await tracking.stop()
  world.writeConfig(world.pageConfig)
}

function configuration(modelUrl, trackingUrl) {
  return `pack: {name: e2e, version: 1.0.0, enabled: true}
providers:
  targets:
    - id: fake
      provider: openai:chat:fake-gpt
      base_url: ${modelUrl}/v1
      secret_key_ref: {env: E2E_OPENAI_KEY}
policies:
  chain: [prompt-injection, pii-detector, audit-logger]
policy:
  prompt-injection: {threshold: 0.8, action: block}
  pii-detector: {action: redact, entities: [PERSON, EMAIL_ADDRESS, PHONE_NUMBER, SSN]}
  audit-logger: {immutable: true, retention_days: 365, log_all_access: true}
callbacks:
  - {type: mlflow, tracking_uri: "${trackingUrl}", experiment: ${experiment}, flush_seconds: 1}
`
}

/** Asks, reads the answer to its end, and returns its status. */
async function chat(gatewayUrl, { content, more = {}, headers = {} }) {
  const response = await fetch(`${gatewayUrl}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ model: 'fake-gpt', messages: [{ role: 'user', content }], ...more }),
  })
  await response.arrayBuffer()
  return response.status
}

/** The runs of the experiment, newest first. */
async function runsOf(trackingUrl) {
  const api = `${trackingUrl}/api/2.0/mlflow`
  const name = encodeURIComponent(experiment)
  const found = await (await fetch(`${api}/experiments/get-by-name?experiment_name=${name}`)).json()
  if (!found.experiment) return []
  const response = await fetch(`${api}/runs/search`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ experiment_ids: [found.experiment.experiment_id] }),
  })
  return (await response.json()).runs ?? []
}

function metricsOf(run) {
  return Object.fromEntries((run?.data.metrics ?? []).map(({ key, value }) => [key, value]))
}

/** The traces of an experiment, read with MLflow's Python client. */
async function tracesOf(world, trackingUrl, experimentId) {
  const { code, stdout, stderr } = await world.pythonBlock(`
import json, mlflow
mlflow.set_tracking_uri("${trackingUrl}")
traces = mlflow.search_traces(locations=["${experimentId}"], return_type="list")
print(json.dumps([{
    "id": trace.info.trace_id,
    "state": str(trace.info.state.value),
    "tokens": trace.info.token_usage,
    "info": trace.info.to_dict(),
    "spans": [{"name": span.name, "attributes": dict(span.attributes)} for span in trace.data.spans],
} for trace in traces], default=str))
`)
  assert.equal(code, 0, stderr)
  return JSON.parse(stdout)
}

/** Asks again until there is an answer, for half a minute at most. */
async function until(ask) {
  for (let i = 0; i < 150; i++) {
    const answer = await ask()
    if (answer !== null) return answer
    await pause(200)
  }
  throw new Error('nothing within half a minute')
}
