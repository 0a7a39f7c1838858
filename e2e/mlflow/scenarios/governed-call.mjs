// What must hold in front of every kind of MLflow server: the page's snippet, its verification, redaction, blocking, streams.
import assert from 'node:assert/strict'
import { check } from '../checks.mjs'
import { injection, injectionMark, personal, planted, quoted, redacted } from '../prompts.mjs'

/**
 * @param world the surroundings
 * @param {() => string} received everything that the model has received so far
 */
export async function governedCall(world, received) {
  const { page, section } = world

  await check("the page's snippet prints the model's answer", async () => {
    const { code, stdout, stderr } = await world.pythonBlock(page.block(section.client))
    assert.equal(code, 0, stderr)
    assert.equal(stdout, `${quoted}\n`)
  })

  await check(
    "the page's verification commands all work, and the last one shows the calls",
    async () => {
      const { code, stdout, stderr } = await world.bash(page.block(section.verify))
      assert.equal(code, 0, stdout + stderr)
      assert.match(stdout, /"You said: Hello, world\."/)
      const rows = stdout.slice(stdout.indexOf('TIME')).trimEnd().split('\n')
      assert.match(rows[0], /^TIME +ID +VERDICT +REASON +POLICY +MODEL +TARGET +TOKENS +MS/)
      assert.match(rows[1], / allow .* my-chat-model +mlflow-chat /)
      assert.match(rows[2], / allow .* my-chat-model +mlflow-chat /)
      assert.ok(rows.length <= 6, `${rows.length - 1} rows`)
    },
  )

  await check(
    'personal data is redacted in what the model receives and in what the client gets',
    async () => {
      const { content } = await ask(world, personal)
      assert.equal(content, `You said: ${redacted}`)
      assert.ok(received().includes(redacted), 'the model received the markers')
      for (const value of planted)
        assert.ok(!received().includes(value), `${value} reached the model`)
    },
  )

  await check('an injection gets 409 and never reaches the model', async () => {
    const { status, error } = await ask(world, injection)
    assert.deepEqual(
      [status, error.type, error.code, error.policy, error.param],
      [409, 'policy_violation', 'input_blocked', 'prompt-injection', 'messages[0].content'],
    )
    assert.ok(!received().includes(injectionMark), 'the injection reached the model')
  })

  await check('the block is in the log, once: the client did not retry it', async () => {
    const [last, before] = await events(world, 2)
    assert.deepEqual([last.verdict, last.reason_code], ['block', 'prompt_injection_detected'])
    assert.deepEqual([before.verdict, before.reason_code], ['redact', 'pii_detected'])
  })

  await check('stream=True works with the Python client, and is redacted alike', async () => {
    const result = await ask(world, personal, '--stream')
    assert.equal(result.content, `You said: ${redacted}`)
    assert.deepEqual(result.finish_reasons, ['stop'])
    assert.ok(result.usage, 'the usage chunk was asked for')
  })
}

/** One call through the gateway with the official Python client. */
export async function ask(world, prompt, ...flags) {
  const { code, stdout, stderr } = await world.python(
    'ask.py',
    `${world.gatewayUrl}/v1`,
    world.model ?? 'my-chat-model',
    prompt,
    ...flags,
  )
  assert.equal(code, 0, stderr)
  return JSON.parse(stdout)
}

/** The newest calls of the log, newest first. */
export async function events(world, limit) {
  const { code, stdout, stderr } = await world.run([
    'kt',
    'events',
    'list',
    '--json',
    '--limit',
    `${limit}`,
  ])
  assert.equal(code, 0, stderr)
  return JSON.parse(stdout)
}

/** Posts a chat body and returns status and exact bytes. */
export async function postBytes(url, body) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) }
}
