import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { policyConfig } from '../fixtures/policy-config.ts'
import type { Sandbox } from '../fixtures/spawn-kt.ts'
import { createSandbox } from '../fixtures/spawn-kt.ts'
import { startGateway, startServer } from '../fixtures/start-gateway.ts'

const pages: Readonly<Record<string, string>> = { '/health': '\n', '/version': '3.17.2' }

const completion = JSON.stringify({
  choices: [{ index: 0, message: { role: 'assistant', content: 'pong' }, finish_reason: 'stop' }],
})

/** Answers like `mlflow models serve`. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const page = request.method === 'GET' ? pages[request.url ?? ''] : undefined
  if (page !== undefined) return void response.end(page)
  let body = ''
  for await (const chunk of request) body += chunk
  const known = request.method === 'POST' && request.url === '/invocations'
  if (known && body !== '') calls.push(body)
  const [status, text] = !known
    ? [404, '{"detail":"Not Found"}']
    : body === ''
      ? [400, '{"error_code":"BAD_REQUEST","message":"Invalid input."}']
      : [200, completion]
  response.writeHead(status, { 'content-type': 'application/json' }).end(text)
}

const calls: string[] = []
const server = await startServer((request, response) => void answer(request, response))
afterAll(() => server.close())

let sandbox: Sandbox
beforeEach(() => {
  sandbox = createSandbox()
  calls.length = 0
  writeFileSync(join(sandbox.folder, 'policy-config.yaml'), policyConfig(server.url))
})
afterEach(() => sandbox.remove())

/** A port that nothing listens on; `:41002` may be taken on the machine of the test. */
const free = ['--listen', '127.0.0.1:0']
const doctor = (...args: string[]) => sandbox.kt(['doctor', ...free, ...args], { env: token })
const token = { LOCAL_MODEL_TOKEN: 'upstream-t0ken' }

describe('kt doctor', () => {
  it('finds nothing wrong, calls no model and writes nothing', async () => {
    const { code, stdout, stderr } = await doctor()
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^configuration\n {2}ok {2}config {7}policy-config\.yaml is valid/)
    expect(stdout).toContain(
      `target local: openai:chat:my-chat-model at ${server.url}/invocations\n`,
    )
    expect(stdout).toMatch(
      /ok {2}server {7}This is an MLflow scoring server .*, MLflow 3\.17\.2\.\n/,
    )
    expect(stdout).toMatch(/\n0 failed, 0 warnings, \d+ ok, \d+ skipped\n$/)
    expect(stdout).not.toContain('upstream-t0ken')
    expect(calls).toEqual([])
    expect(readdirSync(sandbox.folder)).toEqual(['policy-config.yaml'])
  })

  it('calls the model when it may, and says that the log has nothing of that', async () => {
    const { code, stdout } = await doctor('--call', '--target', 'local')
    expect(code).toBe(0)
    expect(stdout).toMatch(/ok {2}call {9}The model answered in \d+ ms\.\n/)
    expect(stdout).toMatch(
      /ok {2}stream {7}Answers are sent as a stream made from the whole answer/,
    )
    expect(stdout).toContain('they are not in the audit log')
    expect(calls).toHaveLength(2)
  })

  it('says what is wrong, how to mend it, and ends with 1', async () => {
    const file = policyConfig('http://127.0.0.1:9')
    writeFileSync(join(sandbox.folder, 'dead.yaml'), file)
    const { code, stdout } = await sandbox.kt(['doctor', ...free, '--policy-config', 'dead.yaml'])
    expect(code).toBe(1)
    expect(stdout).toMatch(
      / {2}xx {2}reach {8}Nothing listens at 127\.0\.0\.1:9\.\n +fix: Start the server there, or correct base_url of providers\.targets\[0\] \(dead\.yaml:5\)\.\n/,
    )
    expect(stdout).toMatch(/ {2}xx {2}token .*LOCAL_MODEL_TOKEN is not set/)
    expect(stdout).toMatch(/\n2 failed, /)
  })

  it('speaks JSON to programs', async () => {
    const { code, stdout } = await doctor('--json')
    expect(code).toBe(0)
    const { ok, findings, targets } = JSON.parse(stdout)
    expect(ok).toBe(true)
    expect(targets).toEqual([
      {
        id: 'local',
        provider: 'openai:chat:my-chat-model',
        model: 'my-chat-model',
        kind: 'scoring',
        mlflow_version: '3.17.2',
        url: `${server.url}/invocations`,
        proxy: null,
      },
    ])
    for (const finding of findings)
      expect(Object.keys(finding).sort()).toEqual(
        ['check', 'code', 'fix', 'message', 'status', 'subject'].sort(),
      )
  })

  it('lists what is wrong with the configuration, looks at the machine all the same, and ends with 78', async () => {
    const broken = policyConfig(server.url).replace('EMAIL_ADDRESS', 'EMAIL_ADRESS')
    writeFileSync(join(sandbox.folder, 'broken.yaml'), broken)
    const { code, stdout } = await doctor('--config', 'broken.yaml')
    expect(code).toBe(78)
    expect(stdout).toMatch(/ {2}xx {2}config {7}broken\.yaml:12:\d+ .*EMAIL_ADRESS.*\n +fix: /)
    expect(stdout).toMatch(/ok {2}folder/)
    expect(stdout).not.toContain('target local')
    const off = policyConfig(server.url).replace('enabled: true', 'enabled: false')
    writeFileSync(join(sandbox.folder, 'off.yaml'), off)
    expect((await doctor('--config', 'off.yaml')).code).toBe(78)
  })

  it.each([
    [['--config', 'none.yaml'], 'file-not-found'],
    [['--target', 'other'], 'bad-flag'],
    [['--wrong'], 'bad-flag'],
  ])('with %j ends with 2', async (args, expected) => {
    const { code, stdout, stderr } = await doctor(...args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(new RegExp(`^error\\[${expected}\\]: `))
  })

  it('works beside a running gateway, and leaves its log as it is', async () => {
    const gateway = await startGateway(sandbox, [], token)
    const log = join(sandbox.dataDir, 'audit', 'audit.db')
    // It is made after the start, where there is room.
    await expect.poll(() => readdirSync(join(sandbox.dataDir, 'audit'))).toContain('audit.ballast')
    const before = { log: readFileSync(log), files: readdirSync(join(sandbox.dataDir, 'audit')) }
    const { host } = new URL(gateway.url)
    const { code, stdout } = await sandbox.kt(['doctor', '--listen', host], { env: token })
    expect(stdout).toMatch(new RegExp(`ok {2}port {9}A gateway \\(.*\\) is running on ${host}\\.`))
    expect(stdout).toMatch(/ok {2}log {10}It opens; its newest event is of 20/)
    expect(stdout).toMatch(/ok {2}keys/)
    expect(code).toBe(0)
    expect(readFileSync(log).equals(before.log)).toBe(true)
    expect(readdirSync(join(sandbox.dataDir, 'audit'))).toEqual(before.files)
    gateway.child.kill('SIGTERM')
    expect(await gateway.exited).toBe(0)
  })
})
