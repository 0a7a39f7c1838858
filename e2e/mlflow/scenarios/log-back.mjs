// Setup step 4: the page's block that writes the counts into MLflow's tracking server.
import assert from 'node:assert/strict'
import { begin, check } from '../checks.mjs'
import { events } from './governed-call.mjs'

export async function logBack(world) {
  begin('Logging back to MLflow')
  const tracking = await world.startTracking()
  await check("the page's block logs a run with the counts of kt events list", async () => {
    const calls = await events(world, 1000)
    const blocked = calls.filter(({ verdict }) => verdict === 'block').length
    // The page leaves the two numbers to the reader, and gives the tracking server the address of the model server.
    const counts = `request_count, blocked_count = ${calls.length}, ${blocked}\n`
    const block = world.page
      .block(world.section.log)
      .replace(new URL(world.mlflowUrl).port, `${tracking.port}`)
    const { code, stderr } = await world.pythonBlock(counts + block)
    assert.equal(code, 0, stderr)
    const found = await post(`http://127.0.0.1:${tracking.port}/api/2.0/mlflow/runs/search`, {
      experiment_ids: ['0'],
    })
    const run = found.runs.find(({ info }) => info.run_name === 'governed-inference')
    const metrics = Object.fromEntries(run.data.metrics.map(({ key, value }) => [key, value]))
    assert.deepEqual(metrics, { requests_total: calls.length, requests_blocked: blocked })
  })
  await tracking.stop()
}

async function post(url, body) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return response.json()
}
