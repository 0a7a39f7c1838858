// A model that knows texts only: the gateway finds out and sends `inputs`.
import assert from 'node:assert/strict'
import { begin, check } from '../checks.mjs'
import { personal, redacted } from '../prompts.mjs'

export async function pyfuncModel(world) {
  begin('In front of mlflow models serve with a plain pyfunc model')
  const server = await world.serveOther('my-pyfunc-model')
  const config = world.pageConfig
    .replace('openai:chat:my-chat-model', 'openai:chat:my-pyfunc-model')
    .replace(world.mlflowUrl.replace('127.0.0.1', 'localhost'), `http://localhost:${server.port}`)
  world.writeConfig(config)
  const gateway = await world.startGateway()
  await check('a chat request works, redacted', async () => {
    const result = await world.python(
      'ask.py',
      `${world.gatewayUrl}/v1`,
      'my-pyfunc-model',
      personal,
    )
    assert.equal(
      JSON.parse(result.stdout).content,
      `You said: ${redacted}`,
      result.stdout + result.stderr,
    )
    assert.deepEqual(JSON.parse(world.received().trimEnd().split('\n').at(-1)), {
      inputs: [redacted],
    })
  })
  await check('so does a stream', async () => {
    const result = await world.python(
      'ask.py',
      `${world.gatewayUrl}/v1`,
      'my-pyfunc-model',
      'hello',
      '--stream',
    )
    assert.equal(
      JSON.parse(result.stdout).content,
      'You said: hello',
      result.stdout + result.stderr,
    )
  })
  await gateway.stop()
  await server.stop()
  world.writeConfig(world.pageConfig)
}
