import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callEvents, openSandboxLog } from '../fixtures/recorded-log.ts'
import { createSandbox } from '../fixtures/spawn-kt.ts'

const sandbox = createSandbox()
const body = '{"model":"m","messages":[{"role":"user","content":"Grüße"}]}'
const streamed = 'data: {"choices":[]}\n\ndata: [DONE]\n\n'
const hashes = { body: '', streamed: '' }

beforeAll(async () => {
  const store = await openSandboxLog(sandbox)
  const sha256 = createHash('sha256').update(streamed).digest('hex')
  Object.assign(hashes, { body: store.hmac(body), streamed: store.hmac(sha256) })
  const holding = (hmac: string) => ({ content: { level: 'hmac', hmac, bytes: 1, of: 'body' } })
  const ip = store.hmac('ip:192.0.2.7')
  for (const [n, fields] of [
    holding(hashes.body),
    holding('00'),
    holding(hashes.streamed),
    { actor: { subject: null, roles: [], ip } },
  ].entries()) {
    for (const event of callEvents(n, fields)) await store.append(event)
  }
  await store.close()
})
afterAll(() => sandbox.remove())

const hash = (args: string[], input = '') => sandbox.kt(['events', 'hash', ...args], { input })
const idsOf = (text: string) =>
  JSON.parse(text).calls.map(({ request_id }: { request_id: string }) => request_id.at(-1))

describe('kt events hash', () => {
  it('prints what the log holds in place of a body', async () => {
    const file = join(sandbox.folder, 'body.json')
    writeFileSync(file, `${body}\n`)
    const expected = { code: 0, stdout: `${hashes.body}\n`, stderr: '' }
    expect(await hash(['--prompt-file', file])).toEqual(expected)
    expect(await hash(['--file', file])).toEqual(expected)
    expect(await hash(['--stdin'], body)).toEqual(expected)
  })

  it('warns of a text that everybody on the machine can see', async () => {
    const { stdout, stderr } = await hash([body])
    expect(stdout).toBe(`${hashes.body}\n`)
    expect(stderr).toContain('list of processes')
  })

  it('finds the calls that carried a body, a streamed answer, or came from an address', async () => {
    const find = async (text: string) =>
      idsOf((await hash(['--stdin', '--find', '--json'], text)).stdout)
    expect(await find(body)).toEqual(['0'])
    expect(await find(streamed)).toEqual(['2'])
    expect(await find('192.0.2.7')).toEqual(['3'])
    expect(await find('nobody said this')).toEqual([])
    const table = await hash(['--stdin', '--find'], body)
    expect(table.stdout).toMatch(/^[0-9a-f]{64}\nTIME .*\n.* evt_01890000\S+0000 /)
    expect((await hash(['--stdin', '--find'], 'nothing')).stderr).toBe('No call carried it.\n')
  })

  it('takes one text, in UTF-8, and a body only as JSON', async () => {
    expect((await hash([])).code).toBe(2)
    expect((await hash(['text', '--stdin'])).code).toBe(2)
    const file = join(sandbox.folder, 'bad')
    writeFileSync(file, Buffer.of(0xff, 0xfe))
    expect((await hash(['--file', file])).stderr).toContain('not UTF-8')
    writeFileSync(file, 'secret text')
    const refused = await hash(['--prompt-file', file])
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toContain('no JSON')
    expect(refused.stderr).not.toContain('secret')
    expect((await hash(['--file', `${file}.none`])).code).toBe(2)
  })
})
