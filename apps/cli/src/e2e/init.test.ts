import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSandbox } from '../fixtures/spawn-kt.ts'
import { startGateway, startServer } from '../fixtures/start-gateway.ts'

const sandbox = createSandbox()
const bodies: string[] = []
const upstream = await startServer((request, response) => {
  let body = ''
  request.on('data', (chunk) => {
    body += chunk
  })
  request.on('end', () => {
    response.setHeader('content-type', 'application/json')
    if (request.method !== 'POST') return response.writeHead(404).end('{}')
    bodies.push(body)
    const message = { role: 'assistant', content: 'Ask grace@example.com.' }
    return response.end(JSON.stringify({ choices: [{ index: 0, message, finish_reason: 'stop' }] }))
  })
})
afterAll(() => {
  upstream.close()
  sandbox.remove()
})

const init = (...args: string[]) => sandbox.kt(['init', ...args])
const names = ['mlflow', 'databricks', 'openai', 'agents']

describe.each(names)('the template %s', (name) => {
  const file = join(sandbox.folder, name, 'policy-config.yaml')
  beforeAll(async () => {
    const { code, stdout, stderr } = await init('--template', name, '--dir', name)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/wrote .*policy-config\.yaml\n[\s\S]*kt policy test/)
  })

  it('is valid without a warning, and passes its own tests', async () => {
    const lint = await sandbox.kt(['policy', 'lint', '--file', file, '--json'])
    expect(lint.code).toBe(0)
    expect(JSON.parse(lint.stdout).warnings).toEqual([])
    const test = await sandbox.kt(['policy', 'test', '--pack-dir', name])
    expect(test).toMatchObject({ code: 0, stderr: '' })
    expect(test.stdout.match(/✓/g)?.length).toBeGreaterThanOrEqual(5)
  })

  it('governs a call of the OpenAI client, as the log shows', async () => {
    const id = /^ {4}- id: (\S+)$/m.exec(readFileSync(file, 'utf8'))?.[1] ?? ''
    const targets = [{ id, provider: 'openai:chat:test-model', base_url: `${upstream.url}/v1` }]
    const over = join(sandbox.folder, name, 'over.yaml')
    writeFileSync(over, JSON.stringify({ providers: { targets } }))
    const env = {
      MLFLOW_TRACKING_TOKEN: 't0ken-of-a-test',
      DATABRICKS_TOKEN: 't0ken-of-a-test',
      OPENAI_API_KEY: 't0ken-of-a-test',
      KEEPTRUSTS_DATA_DIR: join(sandbox.folder, name, 'data'),
      KEEPTRUSTS_CONFIG_DIR: join(sandbox.folder, name, 'config'),
    }
    const files = ['--policy-config', file, '--policy-config', over]
    const gateway = await startGateway(sandbox, files, env)
    try {
      bodies.length = 0
      const client = new OpenAI({
        baseURL: `${gateway.url}/v1`,
        apiKey: 'unused',
        maxRetries: 0,
        defaultHeaders: { 'X-User-ID': 'a-test', 'X-User-Role': 'agent' },
      })
      const answer = await client.chat.completions.create({
        model: id,
        messages: [{ role: 'user', content: 'Mail ada@example.com' }],
      })
      expect(answer.choices[0]?.message.content).toBe('Ask [EMAIL_REDACTED].')
      expect(bodies).toHaveLength(1)
      expect(bodies[0]).not.toContain('ada@')
      const list = await sandbox.kt(['events', 'list', '--json'], { env })
      expect(JSON.parse(list.stdout)).toMatchObject([
        { verdict: 'redact', reason_code: 'pii_detected' },
      ])
    } finally {
      gateway.child.kill('SIGKILL')
      await gateway.exited
    }
  })

  it('has a first line that leads to a schema, beside the file', () => {
    const line = readFileSync(file, 'utf8').split('\n')[0] ?? ''
    const path = /^# yaml-language-server: \$schema=(\.\/\S+)$/.exec(line)?.[1] ?? ''
    const schema = JSON.parse(readFileSync(join(sandbox.folder, name, path), 'utf8'))
    expect(Object.keys(schema.properties)).toEqual(
      expect.arrayContaining(['pack', 'policies', 'policy', 'testing']),
    )
  })
})

describe('kt init', () => {
  it('never overwrites without --force, and names what is there', async () => {
    await init('--template', 'openai', '--dir', 'kept')
    const file = join(sandbox.folder, 'kept', 'policy-config.yaml')
    writeFileSync(file, 'mine')
    const before = readdirSync(join(sandbox.folder, 'kept'))
    const again = await init('--template', 'agents', '--dir', 'kept')
    expect(again.code).toBe(2)
    expect(again.stderr).toMatch(/file-exists.*policy-config\.yaml, .*nothing was overwritten/)
    expect(readFileSync(file, 'utf8')).toBe('mine')
    expect(readdirSync(join(sandbox.folder, 'kept'))).toEqual(before)
    expect((await init('--template', 'openai', '--dir', 'kept', '--force')).code).toBe(0)
    expect(readFileSync(file, 'utf8')).toContain('openai-governance')
    expect(readdirSync(join(sandbox.folder, 'kept'))).toEqual(before)
  })

  it('takes mlflow where nobody can be asked', async () => {
    const { code, stdout } = await init('--dir', 'asked', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ template: 'mlflow' })
  })

  it('lists the templates, and writes nothing', async () => {
    const { code, stdout } = await init('--list', '--dir', 'listed')
    expect(code).toBe(0)
    expect(stdout.split('\n').map((line) => line.split(' ')[0])).toEqual([...names, ''])
    expect(readdirSync(sandbox.folder)).not.toContain('listed')
  })
})
