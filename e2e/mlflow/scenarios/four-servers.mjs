// One configuration in front of all four servers at once; none of its targets says which server it is.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { begin, check } from '../checks.mjs'
import {
  injection,
  injectionMark,
  personal,
  planted,
  question,
  quoted,
  redacted,
} from '../prompts.mjs'
import { ask, postBytes } from './governed-call.mjs'

export async function fourServers(world) {
  begin('All four servers behind one configuration')
  const { servers, targets } = await startAll(world)
  const config = world.pageConfig.replace(
    / {4}- id: mlflow-chat\n(?: {6}.*\n)+/,
    targets.map(targetText).join(''),
  )
  for (const { model } of targets) assert.ok(config.includes(`:${model}\n`), config)
  world.writeConfig(config)
  const gateway = await world.startGateway()
  await doctorFindsThem(world)
  for (const target of targets) await governed(world, target)
  await agentThatFails(world)
  await refusedHostName(world, targets)
  await gateway.stop()
  for (const server of servers) await server.stop()
  world.writeConfig(world.pageConfig)
}

async function startAll(world) {
  const openai = () => world.fakeOpenai.requests.map(({ body }) => body).join('\n')
  const [scoring, agent, standalone, tracking] = await Promise.all([
    world.serveOther('my-chat-model'),
    world.startAgentServer(),
    world.startMlflowGateway({ endpoint: 'my-standalone-endpoint' }),
    world.startTracking({ endpoint: 'my-tracking-endpoint' }),
  ])
  return {
    servers: [scoring, agent, standalone, tracking],
    targets: [
      {
        name: 'mlflow models serve',
        model: 'my-chat-model',
        port: scoring.port,
        received: world.received,
      },
      { name: 'AgentServer', model: 'my-agent', port: agent.port, received: world.received },
      {
        name: 'mlflow gateway start',
        model: 'my-standalone-endpoint',
        port: standalone.port,
        received: openai,
      },
      {
        name: 'mlflow server',
        model: 'my-tracking-endpoint',
        port: tracking.port,
        received: openai,
      },
    ],
  }
}

function targetText({ model, port }) {
  return `    - id: ${model}-target
      provider: openai:chat:${model}
      base_url: http://127.0.0.1:${port}/v1
      secret_key_ref:
        env: MLFLOW_TRACKING_TOKEN
`
}

async function doctorFindsThem(world) {
  await check(
    'kt doctor tells which server is behind each target, and finds nothing wrong',
    async () => {
      const flags = ['--listen', new URL(world.gatewayUrl).host, '--call', '--json']
      const { code, stdout, stderr } = await world.run(
        ['kt', 'doctor', '--config', 'policy-config.yaml', ...flags],
        { env: { ...world.env, MLFLOW_TRACKING_TOKEN: 'your-token' } },
      )
      assert.equal(code, 0, stdout + stderr)
      const { targets, findings } = JSON.parse(stdout)
      assert.deepEqual(
        targets.map(({ kind }) => kind),
        ['scoring', 'agent', 'gateway', 'tracking'],
      )
      const failed = findings.filter(({ status }) => status === 'failed')
      assert.deepEqual(failed, [])
    },
  )
}

async function governed(world, { name, model, received }) {
  await check(`${name}: the page's snippet prints the model's answer`, async () => {
    const snippet = world.page.block(world.section.client).replace('my-chat-model', model)
    const { code, stdout, stderr } = await world.pythonBlock(snippet)
    assert.equal(code, 0, stderr)
    assert.equal(stdout, `${quoted}\n`)
  })
  await check(
    `${name}: plain and streamed, personal data is in neither answer nor model`,
    async () => {
      const plain = await ask({ ...world, model }, personal)
      assert.equal(plain.content, `You said: ${redacted}`)
      const streamed = await ask({ ...world, model }, personal, '--stream')
      assert.equal(streamed.content, `You said: ${redacted}`)
      assert.deepEqual(streamed.finish_reasons, ['stop'])
      assert.ok(received().includes(redacted), 'the model received the markers')
      for (const value of planted) assert.ok(!received().includes(value), `${value} reached it`)
    },
  )
  await check(`${name}: an injection gets 409 and does not reach the model`, async () => {
    const { status, error } = await ask({ ...world, model }, injection)
    assert.deepEqual([status, error.code], [409, 'input_blocked'])
    assert.ok(!received().includes(injectionMark))
  })
  // This one speaks the client's own protocol and gets the client's own bytes; it refuses such a text itself.
  if (name === 'mlflow gateway start') return
  await check(`${name}: a stop text and an empty list of tools are no obstacle`, async () => {
    const messages = [{ role: 'user', content: question }]
    const body = { model, messages, stop: 'END', tools: [] }
    const { status, bytes } = await postBytes(`${world.gatewayUrl}/v1/chat/completions`, body)
    assert.equal(status, 200, bytes.toString())
  })
}

async function agentThatFails(world) {
  await check('an agent that fails is a clean error, plain and inside a stream', async () => {
    for (const flags of [[], ['--stream']]) {
      const { status, error } = await ask(
        { ...world, model: 'my-agent' },
        'Fail, please.',
        ...flags,
      )
      assert.deepEqual([status, error.code], [502, 'upstream_error'])
      assert.doesNotMatch(JSON.stringify(error), /failed on/)
    }
  })
}

/** The server was started with its address as the only allowed host; `localhost` is another name for it. */
async function refusedHostName(world, targets) {
  const tracking = targets.at(-1)
  const port = `${tracking.port}`
  const second = `    - id: by-name
      provider: openai:chat:by-name
      base_url: http://localhost:${port}/v1
      secret_key_ref:
        env: MLFLOW_TRACKING_TOKEN
`
  const other = await world.startSecondGateway((config) =>
    config.replace(/ {4}- id: mlflow-chat\n(?: {6}.*\n)+/, second),
  )
  await check('a refused host name is explained with the flag to set', async () => {
    const messages = [{ role: 'user', content: question }]
    const { status, bytes } = await postBytes(`${other.url}/v1/chat/completions`, { messages })
    assert.equal(status, 502, bytes.toString())
    assert.match(bytes.toString(), new RegExp(`--allowed-hosts localhost:${port}`))
  })
  await check('kt doctor finds the refused host name, with the same flag', async () => {
    const file = join(other.home, 'policy-config.yaml')
    const { code, stdout } = await world.run(['kt', 'doctor', '--config', file], {
      env: { ...world.env, MLFLOW_TRACKING_TOKEN: 'your-token' },
    })
    assert.equal(code, 1, stdout)
    assert.match(stdout, new RegExp(`--allowed-hosts localhost:${port}`))
  })
  await other.stop()
}
