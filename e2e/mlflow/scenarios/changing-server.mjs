// The model server stops, and another kind comes back on its port: same configuration, same gateway.
import assert from 'node:assert/strict'
import { begin, check } from '../checks.mjs'
import { question, quoted } from '../prompts.mjs'
import { ask, events } from './governed-call.mjs'

/** Stops the scoring server and starts MLflow's own gateway in its place; returns that one, still running. */
export async function changingServer(world, model) {
  begin('The server goes away and another kind comes back')
  const gateway = await world.startGateway()
  await check('before, the call works', async () => {
    assert.equal((await ask(world, question)).content, quoted)
  })
  await model.stop()
  await check(
    'a stopped MLflow is a 502 that says what to look at, and is in the log',
    async () => {
      const { status, error } = await ask(world, question)
      assert.equal(status, 502)
      assert.match(error.message, /base_url/)
      const [last] = await events(world, 1)
      assert.deepEqual([last.verdict, last.reason_code], ['error', error.code])
    },
  )
  const other = await world.startMlflowGateway()
  await check('the running gateway speaks the new protocol on the same port', async () => {
    assert.equal((await ask(world, question)).content, quoted)
  })
  await gateway.stop()
  return other
}
