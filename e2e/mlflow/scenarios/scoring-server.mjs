// Kind A: `mlflow models serve`, which has no /v1/chat/completions.
import assert from 'node:assert/strict'
import { begin, check } from '../checks.mjs'
import { card, cardNumber, question, quoted } from '../prompts.mjs'
import { ask, events, governedCall, postBytes } from './governed-call.mjs'

const chat = { model: 'my-chat-model', messages: [{ role: 'user', content: question }] }

/** Starts the model as the page does; returns the server, still running. */
export async function scoringServer(world) {
  begin('In front of mlflow models serve')
  const model = await world.serveModel()

  await check('it has no /v1/chat/completions, contrary to the page', async () => {
    const { status, bytes } = await postBytes(`${world.mlflowUrl}/v1/chat/completions`, chat)
    assert.deepEqual([status, bytes.toString()], [404, '{"detail":"Not Found"}'])
  })

  world.writeConfig(world.pageConfig)
  const gateway = await world.startGateway()
  await governedCall(world, world.received)

  await check('choices through the gateway equal those of the model', async () => {
    const direct = await postBytes(`${world.mlflowUrl}/invocations`, { messages: chat.messages })
    const governed = await postBytes(`${world.gatewayUrl}/v1/chat/completions`, chat)
    assert.deepEqual([direct.status, governed.status], [200, 200])
    assert.deepEqual(JSON.parse(governed.bytes).choices, JSON.parse(direct.bytes).choices)
  })

  await check(
    "the chat parameters arrive at the model, the client's own key does not",
    async () => {
      await postBytes(`${world.gatewayUrl}/v1/chat/completions`, {
        ...chat,
        max_tokens: 7,
        temperature: 0.25,
        stop: 'END',
      })
      const last = JSON.parse(world.received().trimEnd().split('\n').at(-1))
      assert.deepEqual(
        [last.params.max_tokens, last.params.temperature, last.params.stop],
        [7, 0.25, ['END']],
      )
    },
  )
  await gateway.stop()

  await withoutToken(world)
  await withCards(world)
  return model
}

async function withoutToken(world) {
  const gateway = await world.startGateway({ token: false })
  await check('an unset token is a warning at start-up, and the call works', async () => {
    assert.equal((await ask(world, question)).content, quoted)
    assert.match(gateway.output(), /MLFLOW_TRACKING_TOKEN/)
  })
  await gateway.stop()
}

async function withCards(world) {
  const config = world.pageConfig.replace(
    '    action: redact\n',
    '    action: redact\n    pci_mode: true\n',
  )
  assert.notEqual(config, world.pageConfig)
  world.writeConfig(config)
  const gateway = await world.startGateway()
  await check('with pci_mode a card number is redacted too', async () => {
    const { content } = await ask(world, card)
    assert.match(content, /card \[[A-Z_]+_REDACTED\] please$/)
    assert.ok(!world.received().includes(cardNumber))
    assert.equal((await events(world, 1))[0].verdict, 'redact')
  })
  await gateway.stop()
  world.writeConfig(world.pageConfig)
}
