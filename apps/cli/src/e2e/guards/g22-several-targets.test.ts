import { writeFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Sandbox } from '../../fixtures/spawn-kt.ts'
import { createSandbox } from '../../fixtures/spawn-kt.ts'
import type { GatewayProcess } from '../../fixtures/start-gateway.ts'
import { startGateway, startServer } from '../../fixtures/start-gateway.ts'

const answer = JSON.stringify({
  id: 'c1',
  object: 'chat.completion',
  created: 1,
  model: 'my-chat-model',
  choices: [{ index: 0, message: { role: 'assistant', content: 'hello' }, finish_reason: 'stop' }],
})
const piece = 'data: {"choices":[{"index":0,"delta":{"content":"hel"},"finish_reason":null}]}\n\n'

/** Milliseconds; another one each time, so that some connections are lost at the very moment of their reuse. */
let staleAfter = 0

/** Ends the stream that breaks off. */
let breakNow = (): void => {}

type Behaviour = (response: ServerResponse) => void

const behaviours = {
  answers: (response) => response.setHeader('content-type', 'application/json').end(answer),
  fails: (response) => response.writeHead(500).end('CANARY'),
  limits: (response) => response.writeHead(429, { 'retry-after': '30' }).end('CANARY'),
  hangs: () => {},
  resets: (response) => response.socket?.resetAndDestroy(),
  // The connection looks alive to the gateway, and is gone when its next call comes (undici#3492).
  goesStale: (response) => {
    const { socket } = response
    staleAfter = (staleAfter + 1) % 7
    response.setHeader('content-type', 'application/json').end(answer, () => {
      setTimeout(() => socket?.destroy(), staleAfter)
    })
  },
  breaksOff: (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(piece)
    breakNow = () => void response.socket?.resetAndDestroy()
  },
} satisfies Record<string, Behaviour>

/** A server whose behaviour a test chooses; it keeps the bodies of the calls that reached it. */
async function startModel() {
  const model = { bodies: [] as string[], behaviour: behaviours.answers as Behaviour }
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'POST') return void response.writeHead(404).end('{}')
    let body = ''
    for await (const chunk of request) body += chunk
    model.bodies.push(body)
    model.behaviour(response)
  }
  const server = await startServer((request, response) => void serve(request, response))
  return Object.assign(model, server)
}

const first = await startModel()
const second = await startModel()
afterAll(() => {
  first.close()
  second.close()
})

const target = (id: string, url: string, more = '') =>
  `    - {id: ${id}, provider: "openai:chat:my-chat-model", base_url: "${url}/v1"${more}}`

let sandbox: Sandbox
let gateway: GatewayProcess

beforeEach(async ({ task }) => {
  sandbox = createSandbox()
  // Only where it is to pass: a machine that is busy would let others wait as long.
  const timeouts = task.name.includes('hangs')
    ? ', timeouts: {connect_ms: 2000, first_byte_ms: 300}'
    : ''
  const config = `pack: {name: g22, version: 1.0.0}
providers:
  targets:
${target('first', first.url, timeouts)}
${target('second', second.url)}
policies: {chain: [audit-logger]}
policy: {audit-logger: {log_all_access: true}}
`
  writeFileSync(join(sandbox.folder, 'policy-config.yaml'), config)
  gateway = await startGateway(sandbox, [])
  for (const model of [first, second])
    Object.assign(model, { bodies: [], behaviour: behaviours.answers })
})
afterEach(async () => {
  gateway.child.kill('SIGKILL')
  await gateway.exited
  sandbox.remove()
})

function ask(more: object = {}): Promise<Response> {
  const messages = [{ role: 'user', content: 'Hello' }]
  return fetch(`${gateway.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'my-chat-model', messages, ...more }),
  })
}

async function readAll(reader: ReadableStreamDefaultReader | undefined): Promise<void> {
  while ((await reader?.read())?.done === false);
}

const events = async () =>
  JSON.parse((await sandbox.kt(['events', 'list', '--json'])).stdout) as {
    readonly id: string
    readonly tries: readonly object[]
  }[]

describe('several targets for one model', () => {
  it.each([
    ['fails', 'upstream_error', 500],
    ['limits', 'upstream_rate_limited', 429],
    ['hangs', 'upstream_timeout', null],
    ['resets', 'upstream_unreachable', null],
  ] as const)(
    'asks the second once when the first %s, and records both',
    async (how, code, status) => {
      first.behaviour = behaviours[how]
      const response = await ask()
      expect({ status: response.status, body: await response.text() }).toEqual({
        status: 200,
        body: answer,
      })
      expect([first.bodies.length, second.bodies.length]).toEqual([1, 1])
      const [event, ...others] = await events()
      expect(others).toEqual([])
      expect(event).toMatchObject({
        verdict: 'allow',
        target: 'second',
        tries: [
          { target: 'first', code, upstream_status: status },
          { target: 'second', code: 'ok', upstream_status: 200 },
        ],
      })
      const shown = await sandbox.kt(['events', 'show', String(event?.id)])
      expect(shown.stdout).toContain(`first ${code}`)
      expect(shown.stdout + gateway.stderr()).not.toContain('CANARY')
    },
  )

  it('G22: never sends a call anywhere again once a byte of its answer went out', async () => {
    first.behaviour = behaviours.breaksOff
    const response = await ask({ stream: true })
    const reader = response.body?.getReader()
    expect(String(Buffer.from((await reader?.read())?.value ?? []))).toContain('"hel"')
    breakNow()
    await expect(readAll(reader)).rejects.toThrow()
    expect([first.bodies.length, second.bodies.length]).toEqual([1, 0])
  })

  it('G22: gives the last failure with its Retry-After when every target failed, each asked once', async () => {
    first.behaviour = behaviours.fails
    second.behaviour = behaviours.limits
    const response = await ask()
    expect(response.status).toBe(429)
    expect(response.headers.get('retry-after')).toBe('30')
    expect([first.bodies.length, second.bodies.length]).toEqual([1, 1])
    const health = await (await fetch(`${gateway.url}/health`)).json()
    expect(health).toMatchObject({ circuits: { first: 'closed', second: 'open' } })
  })

  it('G22: leaves a server that keeps failing alone', async () => {
    first.behaviour = behaviours.fails
    for (let call = 0; call < 8; call++) expect((await ask()).status).toBe(200)
    expect([first.bodies.length, second.bodies.length]).toEqual([5, 8])
  })

  it('G22: sends no server a call twice when connections go stale at their reuse (G21)', async () => {
    first.behaviour = behaviours.goesStale
    second.behaviour = behaviours.goesStale
    const statuses = new Set<number>()
    for (let round = 0; round < 150; round++) {
      const response = await ask({ user: `round-${round}` })
      await response.text()
      statuses.add(response.status)
    }
    for (const { bodies } of [first, second]) expect(new Set(bodies).size).toBe(bodies.length)
    // Both may be lost in one call; nothing else may go wrong.
    expect([...statuses].filter((status) => status !== 200 && status !== 502)).toEqual([])
    expect(new Set([...first.bodies, ...second.bodies]).size).toBeGreaterThan(100)
  })
})
