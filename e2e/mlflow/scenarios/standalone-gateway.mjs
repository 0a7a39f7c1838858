// Kind C: `mlflow gateway start`, with the configuration and the port that kind A had.
import assert from 'node:assert/strict'
import { begin, check } from '../checks.mjs'
import { question } from '../prompts.mjs'
import { ask, governedCall, postBytes } from './governed-call.mjs'

export async function standaloneGateway(world) {
  begin('In front of mlflow gateway start, same config, same port')
  const gateway = await world.startGateway()
  await governedCall(world, () => world.fakeOpenai.requests.map(({ body }) => body).join('\n'))

  await check('an answer with nothing to redact is byte for byte what MLflow sent', async () => {
    const chat = { model: 'my-chat-model', messages: [{ role: 'user', content: question }] }
    const direct = await postBytes(`${world.mlflowUrl}/v1/chat/completions`, chat)
    const governed = await postBytes(`${world.gatewayUrl}/v1/chat/completions`, chat)
    assert.equal(direct.status, 200)
    assert.equal(governed.bytes.toString(), direct.bytes.toString())
  })
  await check('what MLflow echoes in its errors does not come back', async () => {
    const chat = {
      model: 'my-chat-model',
      messages: [{ role: 'user', content: 'hi' }],
      stop: 'wombat',
    }
    const direct = await postBytes(`${world.mlflowUrl}/v1/chat/completions`, chat)
    assert.match(direct.bytes.toString(), /wombat/)
    const governed = await postBytes(`${world.gatewayUrl}/v1/chat/completions`, chat)
    assert.ok(governed.status === 422 || governed.status === 400, `status ${governed.status}`)
    assert.doesNotMatch(governed.bytes.toString(), /wombat/)
  })
  await gateway.stop()

  const tokenless = await world.startGateway({ token: false })
  await check("an unset token is the page's 401, with the variable and the fix", async () => {
    const before = world.fakeOpenai.requests.length
    const { status, error } = await ask(world, question)
    assert.deepEqual([status, error.code], [401, 'target_token_missing'])
    assert.match(error.message, /MLFLOW_TRACKING_TOKEN/)
    assert.match(error.message, /restart the gateway/)
    assert.equal(world.fakeOpenai.requests.length, before)
  })
  await tokenless.stop()
}
