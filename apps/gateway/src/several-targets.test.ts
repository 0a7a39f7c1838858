import type { FakeUpstream, FakeUpstreamOptions, Script } from '@keeptrusts/testing'
import { answerWith, closedPort, faults, firstPosts, onPosts } from '@keeptrusts/testing'
import { afterAll, describe, expect, it } from 'vitest'
import { failureOf } from './fixtures/failure-of.ts'
import type { TestGateway, TestGatewayOptions } from './fixtures/test-gateway.ts'
import {
  callsTo,
  chatBody,
  endAll,
  post,
  startTestGateway,
  startUpstream,
} from './fixtures/test-gateway.ts'

afterAll(endAll)

interface Wanted {
  readonly strategy?: 'ordered' | 'single'
  readonly targets: readonly string[]
  /** The longest wait for an answer: the default, unless it is to pass. A busy machine lets others wait too. */
  readonly firstByteMs?: number
}

function yamlOf({ strategy = 'ordered', targets, firstByteMs = 600_000 }: Wanted): string {
  return `pack: {name: test, version: 1.0.0}
providers:
  strategy: ${strategy}
  targets:
${targets.map((target) => `    - {${target}, timeouts: {connect_ms: 3000, first_byte_ms: ${firstByteMs}}}`).join('\n')}
policies: {chain: [audit-logger]}
policy: {audit-logger: {log_all_access: true}}
`
}

const server = (id: string, url: string, provider = 'openai:chat:my-chat-model'): string =>
  `id: ${id}, provider: "${provider}", base_url: ${url}`

interface Pair {
  readonly first: FakeUpstream
  readonly second: FakeUpstream
  readonly gateway: TestGateway
}

async function startTwo(
  script: Script,
  options: TestGatewayOptions &
    Pick<Wanted, 'strategy' | 'firstByteMs'> & {
      readonly second?: Partial<FakeUpstreamOptions>
    } = {},
): Promise<Pair> {
  const { strategy, firstByteMs, second: other, ...rest } = options
  const first = await startUpstream({ kind: 'openai', script })
  const second = await startUpstream({ kind: 'openai', answer: () => 'second', ...other })
  const targets = [server('first', `${first.url}/v1`), server('second', `${second.url}/v1`)]
  const yaml = yamlOf({
    targets,
    ...(strategy && { strategy }),
    ...(firstByteMs && { firstByteMs }),
  })
  return { first, second, gateway: await startTestGateway(yaml, rest) }
}

const down = (status: number, headers = {}): Script =>
  answerWith({ status, headers, body: '{"error":"CANARY"}' })

const counts = ({ first, second }: Pair): readonly number[] => [
  callsTo(first).length,
  callsTo(second).length,
]

const stream = { stream: true }

describe('a model with two targets', () => {
  it('is answered by the second when the first refuses connections', async () => {
    const second = await startUpstream({ kind: 'openai', answer: () => 'second' })
    const nobody = await closedPort()
    const targets = [server('first', nobody.url), server('second', `${second.url}/v1`)]
    const gateway = await startTestGateway(yamlOf({ targets }))
    const response = await post(gateway.base, chatBody('Hello'))
    expect(await response.json()).toMatchObject({ choices: [{ message: { content: 'second' } }] })
    const [decided, ...others] = gateway.records('request.decided')
    expect(others).toEqual([])
    expect(decided).toMatchObject({ target: { id: 'first' } })
    expect(decided).not.toHaveProperty('tries')
    expect(gateway.records('request.completed')).toMatchObject([
      {
        decision: 'allow',
        target: { id: 'second' },
        tries: [
          { target: 'first', code: 'upstream_unreachable', upstream_status: null },
          { target: 'second', code: 'ok', upstream_status: 200 },
        ],
      },
    ])
  })

  it.each([
    ['limits the rate', down(429, { 'retry-after': '9' }), 'upstream_rate_limited', {}],
    ['fails', down(500), 'upstream_error', {}],
    ['is overloaded', down(503), 'upstream_error', {}],
    ['hangs', faults.hangBeforeHeaders(), 'upstream_timeout', { firstByteMs: 200 }],
    ['breaks the connection', faults.resetBeforeHeaders(), 'upstream_unreachable', {}],
  ])('goes on when the first %s, and asks each once', async (_name, script, code, options) => {
    const pair = await startTwo(script, options)
    const response = await post(pair.gateway.base, chatBody('Hello'))
    expect(response.status).toBe(200)
    expect(counts(pair)).toEqual([1, 1])
    const [completed] = pair.gateway.records('request.completed')
    expect(completed).toMatchObject({ tries: [{ target: 'first', code }, { code: 'ok' }] })
    expect(JSON.stringify(pair.gateway.records())).not.toContain('CANARY')
  })

  it.each([
    ['400', down(400), 400],
    ['401', down(401), 401],
    ['422', down(422), 422],
    ['nonsense', faults.errorWith200('x'), 502],
    [
      'a refusal of its guardrail',
      answerWith({ status: 500, body: '{"detail": "Guardrail \'x\' blocked the call"}' }),
      400,
    ],
  ])('is not asked again after %s', async (_name, script, status) => {
    const pair = await startTwo(script)
    const response = await post(pair.gateway.base, chatBody('Hello'))
    expect(response.status).toBe(status)
    expect(counts(pair)[1]).toBe(0)
  })

  it('is not asked again for an answer that a policy blocks', async () => {
    const first = await startUpstream({ kind: 'openai', answer: () => 'Mail john@example.com' })
    const second = await startUpstream({ kind: 'openai' })
    const targets = [server('first', `${first.url}/v1`), server('second', `${second.url}/v1`)]
    const yaml = yamlOf({ targets })
      .replace('chain: [', 'chain: [pii-detector, ')
      .replace('policy: {', 'policy: {pii-detector: {action: block, entities: [EMAIL_ADDRESS]}, ')
    const gateway = await startTestGateway(yaml)
    expect((await post(gateway.base, chatBody('Hello'))).status).toBe(409)
    const streamed = await (await post(gateway.base, chatBody('Hello', stream))).text()
    expect(streamed).toContain('"output_blocked"')
    expect([callsTo(first).length, callsTo(second).length]).toEqual([2, 0])
    expect(gateway.records('request.completed')).toMatchObject([
      { decision: 'block', tries: [{ target: 'first', code: 'ok' }] },
      { decision: 'block' },
    ])
  })

  it('hands on a call whose endpoint the next server does not have, and says what the first one failed with', async () => {
    const embeddings = await startUpstream({ kind: 'openai' })
    const scoring = await startUpstream({ kind: 'mlflow-scoring' })
    const embed = (base: string) =>
      fetch(`${base}/embeddings`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'my-chat-model', input: 'Hello' }),
      })
    const spare = server('spare', scoring.url, 'mlflow:chat:my-chat-model')
    const main = server('main', `${embeddings.url}/v1`)
    const first = await startTestGateway(yamlOf({ targets: [spare, main] }))
    expect((await embed(first.base)).status).toBe(200)
    await embeddings.close()
    const second = await startTestGateway(yamlOf({ targets: [main, spare] }))
    expect(await failureOf(await embed(second.base))).toMatchObject({
      ...{ status: 502, error: { code: 'upstream_unreachable' } },
    })
  })

  it('hands on a stream of which only comments came before its error', async () => {
    const body = ': hi\n\ndata: {"error":{"message":"CANARY"}}\n\n'
    const script = onPosts(async (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(body.slice(0, 6))
      await new Promise((resolve) => setTimeout(resolve, 50))
      response.end(body.slice(6))
    })
    const first = await startUpstream({ kind: 'openai', script })
    const second = await startUpstream({ kind: 'openai' })
    const targets = [server('first', `${first.url}/v1`), server('second', `${second.url}/v1`)]
    const gateway = await startTestGateway(yamlOf({ targets }))
    const text = await (await post(gateway.base, chatBody('Hello', stream))).text()
    expect(text).toContain('[DONE]')
    expect(text).not.toContain('error')
    expect([callsTo(first).length, callsTo(second).length]).toEqual([1, 1])
  })

  it('hands on a stream that begins with an error or breaks before its first event', async () => {
    const errorFirst = answerWith({
      type: 'text/event-stream',
      body: 'data: {"error":{"message":"CANARY"}}\n\n',
    })
    for (const script of [errorFirst, faults.resetMidStream([]), down(502)]) {
      const pair = await startTwo(script)
      const text = await (await post(pair.gateway.base, chatBody('Hello', stream))).text()
      expect(text).toContain('second')
      expect(text).toMatch(/data: \[DONE\]\n\n$/)
      expect(text).not.toContain('CANARY')
      expect(counts(pair)).toEqual([1, 1])
    }
  })

  it('ends a stream that broke after its first piece, without a second call', async () => {
    const pair = await startTwo(faults.resetMidStream())
    const response = await post(pair.gateway.base, chatBody('Hello', stream))
    await expect(response.text()).rejects.toThrow()
    expect(counts(pair)).toEqual([1, 0])
    expect(pair.gateway.records('request.aborted')).toMatchObject([
      { target: { id: 'first' }, tries: [{ target: 'first', code: 'ok' }] },
    ])
  })

  it('works across kinds of servers, plain and streamed', async () => {
    const scoring = await startUpstream({ kind: 'mlflow-scoring', answer: () => 'from mlflow' })
    const first = await startUpstream({ kind: 'openai', script: down(503) })
    const targets = [
      server('first', `${first.url}/v1`),
      server('second', scoring.url, 'mlflow:chat:my-chat-model'),
    ]
    const gateway = await startTestGateway(yamlOf({ targets }))
    for (const more of [{}, stream]) {
      const text = await (await post(gateway.base, chatBody('Hello', more))).text()
      expect(text).toContain('from mlflow')
    }
    expect(callsTo(scoring).map(({ path }) => path)).toEqual(['/invocations', '/invocations'])
  })

  it('says what the last one said when all fail, and records every try once', async () => {
    const pair = await startTwo(down(500), {
      second: { script: down(503, { 'retry-after': '7' }) },
    })
    const failure = await failureOf(await post(pair.gateway.base, chatBody('Hello')))
    expect(failure).toMatchObject({ status: 502, error: { code: 'upstream_error' } })
    expect(failure.error.message).toContain('target "second"')
    expect(failure.headers.get('retry-after')).toBe('7')
    expect(counts(pair)).toEqual([1, 1])
    expect(pair.gateway.records('request.completed')).toMatchObject([
      {
        decision: 'error',
        target: { id: 'second' },
        tries: [
          { target: 'first', code: 'upstream_error', upstream_status: 500 },
          { target: 'second', code: 'upstream_error', upstream_status: 503 },
        ],
      },
    ])
  })

  it('is not asked again for a client that left', async () => {
    const pair = await startTwo(faults.hangBeforeHeaders())
    const leaving = new AbortController()
    const asking = post(pair.gateway.base, chatBody('Hello'), { signal: leaving.signal })
    await expect.poll(() => callsTo(pair.first).length).toBe(1)
    leaving.abort()
    await expect(asking).rejects.toThrow()
    await expect.poll(() => pair.gateway.records('request.aborted').length).toBe(1)
    expect(counts(pair)).toEqual([1, 0])
  })

  it('asks a target that is named by its id alone, and with strategy: single only the first', async () => {
    const named = await startTwo(down(500))
    const body = chatBody('Hello', { model: 'first' })
    expect((await post(named.gateway.base, body)).status).toBe(502)
    expect(counts(named)).toEqual([1, 0])
    const single = await startTwo(down(500), { strategy: 'single' })
    expect((await post(single.gateway.base, chatBody('Hello'))).status).toBe(502)
    expect(counts(single)).toEqual([1, 0])
  })
})

describe('the circuit of a target', () => {
  async function circuits({ gateway }: Pair): Promise<unknown> {
    return ((await (await fetch(`${gateway.url}/health`)).json()) as { circuits: unknown }).circuits
  }

  it('opens after five failures, spares the server, and closes once it answers again', async () => {
    let now = Date.now()
    const pair = await startTwo(firstPosts(5, down(500)), { now: () => now })
    for (let call = 0; call < 7; call++) await post(pair.gateway.base, chatBody('Hello'))
    expect(counts(pair)).toEqual([5, 7])
    expect(await circuits(pair)).toEqual({ first: 'open', second: 'closed' })
    expect(pair.gateway.records('request.completed').at(-1)).toMatchObject({
      tries: [{ target: 'first', code: 'circuit_open', duration_us: 0 }, { code: 'ok' }],
    })
    now += 15_000
    await post(pair.gateway.base, chatBody('Hello'))
    expect(counts(pair)).toEqual([6, 7])
    expect(await circuits(pair)).toEqual({ first: 'closed', second: 'closed' })
  })

  it('rests for as long as Retry-After says', async () => {
    let now = Date.now()
    const pair = await startTwo(firstPosts(1, down(429, { 'retry-after': '60' })), {
      now: () => now,
    })
    for (let call = 0; call < 3; call++) await post(pair.gateway.base, chatBody('Hello'))
    expect(counts(pair)).toEqual([1, 3])
    now += 60_000
    await post(pair.gateway.base, chatBody('Hello'))
    expect(counts(pair)).toEqual([2, 3])
  })

  it('takes no model out of service: with all open, the one that failed longest ago is asked', async () => {
    let now = Date.now()
    const limited = down(429, { 'retry-after': '60' })
    const pair = await startTwo(limited, { now: () => now++, second: { script: limited } })
    for (let call = 0; call < 3; call++) {
      const response = await post(pair.gateway.base, chatBody('Hello'))
      expect(response.headers.get('retry-after')).toBe('60')
    }
    expect(counts(pair)).toEqual([2, 2])
  })
})
