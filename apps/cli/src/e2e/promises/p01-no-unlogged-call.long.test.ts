import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { afterAll, expect, test } from 'vitest'

const kt = fileURLToPath(new URL('../../../bin/run.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'keeptrusts-p1-'))
const soak = process.env['KEEPTRUSTS_SOAK'] !== undefined
const killEvery = 100
/** One kill per round; 20 rounds, 200 in a soak. */
const calls = killEvery * (soak ? 201 : 21)
const inFlight = 64

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('P1: no call reaches the model before its decision is in the log, even when the gateway is killed', {
  timeout: soak ? 1_800_000 : 300_000,
}, async () => {
  const upstream = await startCheckingUpstream(join(folder, 'data', 'audit', 'audit.db'))
  const port = await freePort()
  let gateway = await startGateway(port, upstream.port)
  let restarting: Promise<void> | null = null
  const restart = async () => {
    gateway.kill('SIGKILL')
    await once(gateway, 'exit')
    gateway = await startGateway(port, upstream.port)
  }
  const client = async () => {
    while (upstream.seen() < calls) {
      await restarting
      await ask(port).catch(() => {})
    }
  }
  const killer = async () => {
    for (let next = killEvery; next < calls; next += killEvery) {
      while (upstream.seen() < next) await pause(5)
      restarting = restart()
      await restarting
      restarting = null
    }
  }
  await Promise.all([killer(), ...Array.from({ length: inFlight }, client)])
  gateway.kill('SIGKILL')
  upstream.close()

  expect(upstream.seen()).toBeGreaterThanOrEqual(calls)
  expect(upstream.misses()).toEqual([])
})

/** A model server that, before it answers, opens the log itself and looks for the call it was just sent. */
async function startCheckingUpstream(file: string) {
  let seen = 0
  const misses: string[] = []
  const server = createServer((request, response) => {
    request.resume()
    // The gateway also asks, without any prompt, which kind of server this is.
    if (request.method === 'GET') {
      response.writeHead(404).end()
      return
    }
    seen++
    const id = String(request.headers['x-request-id'])
    if (!isDecided(file, id)) misses.push(id)
    response.setHeader('content-type', 'application/json')
    response.end(
      '{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"ok"},"finish_reason":"stop"}]}',
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    seen: () => seen,
    misses: () => misses,
    close: () => server.close(),
  }
}

function isDecided(file: string, requestId: string): boolean {
  if (!existsSync(file)) return false
  const db = new Database(file, { readonly: true, fileMustExist: true })
  try {
    const found = db.prepare(
      "SELECT 1 FROM events WHERE request_id = ? AND type = 'request.decided'",
    )
    return found.get(requestId) !== undefined
  } finally {
    db.close()
  }
}

async function startGateway(port: number, upstreamPort: number): Promise<ChildProcess> {
  const config = join(folder, 'policy-config.yaml')
  writeFileSync(
    config,
    `pack: {name: p1, version: 1.0.0, enabled: true}
providers: {targets: [{id: m, provider: "openai:chat:m", base_url: "http://127.0.0.1:${upstreamPort}/v1"}]}
policies: {chain: [prompt-injection, pii-detector, audit-logger]}
policy:
  prompt-injection: {threshold: 0.8}
  pii-detector: {action: redact, entities: [EMAIL_ADDRESS]}
  audit-logger: {log_all_access: true}
`,
  )
  const args = ['gateway', 'run', '--listen', `127.0.0.1:${port}`, '--policy-config', config]
  const child = spawn(process.execPath, [kt, ...args], {
    stdio: 'ignore',
    env: {
      ...process.env,
      KEEPTRUSTS_DATA_DIR: join(folder, 'data'),
      KEEPTRUSTS_CONFIG_DIR: join(folder, 'config'),
    },
  })
  for (let tries = 0; tries < 600; tries++) {
    if (await isReady(port)) return child
    if (child.exitCode !== null) throw new Error(`the gateway ended with ${child.exitCode}`)
    await pause(50)
  }
  throw new Error('the gateway did not get ready')
}

const isReady = (port: number) =>
  fetch(`http://127.0.0.1:${port}/readyz`).then(
    (response) => response.ok,
    () => false,
  )

const ask = async (port: number) => {
  const response = await fetch(`http://127.0.0.1:${port}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"model":"m","messages":[{"role":"user","content":"hello, write to a@b.example"}]}',
  })
  await response.arrayBuffer()
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
