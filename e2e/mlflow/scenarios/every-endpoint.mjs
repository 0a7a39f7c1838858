// The Python client at every endpoint, in front of a plain OpenAI server, with the whole chain and values given back.
import assert from 'node:assert/strict'
import { begin, check } from '../checks.mjs'

const prompt = 'Ask Maria Lopez, maria@example.com, "today" or call 212-555-0147.'

export async function everyEndpoint(world) {
  begin('Every endpoint, with values given back')
  world.writeConfig(`pack: {name: every-endpoint, version: 1.0.0, enabled: true}
providers:
  targets:
    - id: plain
      provider: openai:chat:fake-gpt
      base_url: ${world.fakeOpenai.url}/v1
      secret_key_ref: {env: E2E_OPENAI_TOKEN}
policies: {chain: [prompt-injection, pii-detector, audit-logger]}
policy:
  prompt-injection: {threshold: 0.8, action: block}
  pii-detector:
    action: redact
    entities: [PERSON, EMAIL_ADDRESS, PHONE_NUMBER, SSN]
    redaction: {marker_format: numbered, restore: true}
  audit-logger: {immutable: true, retention_days: 365, log_all_access: true}
`)
  world.env['E2E_OPENAI_TOKEN'] = 'sk-e2e'
  const seen = world.fakeOpenai.requests.length
  const gateway = await world.startGateway()
  const { code, stdout, stderr } = await world.python(
    'endpoints.py',
    `${world.gatewayUrl}/v1`,
    'fake-gpt',
    prompt,
  )
  await check('the Python client works unchanged at all of them', () => {
    assert.equal(code, 0, stderr)
  })
  const result = JSON.parse(stdout || '{}')
  await check('it gets its own values back, plain, streamed and in the arguments of a tool', () => {
    const { plain, stream, tool, completion, response, response_stream: streamed } = result
    for (const text of [plain, stream, completion, response, streamed])
      assert.equal(text, `You said: ${prompt}`)
    assert.equal(tool[0], 'look_up')
    assert.ok(JSON.stringify(tool[1]).includes(JSON.stringify(prompt).slice(1, -1)))
    assert.equal(result.embedding, 2)
  })
  await check('tokens in place of a text are refused, with the fix for LangChain', () => {
    assert.equal(result.tokens[0], 400)
    assert.match(result.tokens[1], /check_embedding_ctx_length=False/)
  })
  await check('the model server got none of them', () => {
    const sent = world.fakeOpenai.requests.slice(seen).map(({ body }) => body)
    assert.ok(sent.length >= 7, `${sent.length} requests`)
    assert.ok(sent.some((body) => body.includes('[EMAIL_1]')))
    for (const body of sent) assert.doesNotMatch(body, /Lopez|maria@|0147/)
  })
  await gateway.stop()
  world.writeConfig(world.pageConfig)
}
