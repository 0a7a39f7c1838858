import { parseConfig } from '@keeptrusts/core'
import { onPosts, startFakeUpstream } from '@keeptrusts/testing'
import { afterEach, describe, expect, it } from 'vitest'
import type { TestGateway, TestGatewayOptions } from './fixtures/test-gateway.ts'
import {
  bare,
  chatBody,
  endAll,
  endWith,
  onlyAudit,
  post,
  startPair,
  startTestGateway,
  startUpstream,
  yamlFor,
} from './fixtures/test-gateway.ts'

afterEach(endAll)

const command = { trigger: 'command', actor: { os_user: 'ada', operator: null } } as const

/** Blocks whatever holds the word. */
function blocking(word: string): string {
  return `policy:\n  dlp-filter: {blocked_terms: [${word}], action: block}`
}

interface Reloadable {
  readonly gateway: TestGateway
  /** What the next reload reads. */
  file: string
  readonly url: string
}

/** A gateway whose file is a string. */
async function start(policy: string, options: TestGatewayOptions = {}): Promise<Reloadable> {
  const upstream = await startUpstream({ kind: 'openai' })
  const yaml = configOf(upstream.url, policy)
  const reloadable = { file: yaml, url: upstream.url }
  const loadConfig = async () => parseConfig(reloadable.file)
  const gateway = await startTestGateway(yaml, { loadConfig, ...options })
  return Object.assign(reloadable, { gateway })
}

function configOf(url: string, policy: string, more = ''): string {
  return yamlFor({ baseUrl: `${url}/v1`, chain: 'dlp-filter', policy, more })
}

async function statusOf({ gateway }: Reloadable, text: string): Promise<number> {
  const response = await post(gateway.base, chatBody(text))
  await response.arrayBuffer()
  return response.status
}

describe('a reload', () => {
  it('has calls judged by the new configuration as soon as it has resolved, and records who asked for what', async () => {
    const reloadable = await start(blocking('lemon'))
    const { gateway } = reloadable
    expect(await statusOf(reloadable, 'a melon')).toBe(200)
    reloadable.file = configOf(reloadable.url, blocking('melon'))
    const before = gateway.gateway.deps.config.hash
    const result = await gateway.reloader.reload(command)
    expect(result).toMatchObject({
      changed: true,
      previous: before,
      paths: ['policy.dlp-filter.blocked_terms[0]'],
    })
    expect(await statusOf(reloadable, 'a melon')).toBe(409)
    expect(await statusOf(reloadable, 'a lemon')).toBe(200)
    expect(gateway.records('config.changed')).toMatchObject([
      {
        from: before,
        to: result.hash,
        config_hash: result.hash,
        trigger: 'command',
        actor: { os_user: 'ada', operator: null },
        paths: result.paths,
        retention_days: 30,
      },
    ])
    // Without an audit-logger calls are recorded in the background.
    await expect
      .poll(() => gateway.records('request.decided').map((record) => record['config_hash']))
      .toEqual([before, result.hash, result.hash])
  })

  it('of the same configuration is none', async () => {
    const reloadable = await start(blocking('lemon'))
    const { gateway } = reloadable
    reloadable.file = `# only a comment\n${reloadable.file}`
    const result = await gateway.reloader.reload(command)
    expect(result).toMatchObject({ changed: false, hash: gateway.gateway.deps.config.hash })
    expect(gateway.records('config.changed')).toEqual([])
  })

  it('with errors changes nothing, lists them all, and is recorded without any value', async () => {
    const reloadable = await start(blocking('lemon'))
    const { gateway } = reloadable
    reloadable.file = reloadable.file
      .replace('action: block', 'action: bogus-action')
      .replace('enabled: true', 'enabled: bogus-flag')
    await expect(gateway.reloader.reload(command)).rejects.toMatchObject({
      code: 'config-invalid',
      issues: [{ severity: 'error' }, { severity: 'error' }],
    })
    expect(await statusOf(reloadable, 'a lemon')).toBe(409)
    const [failed] = gateway.records('config.reload_failed')
    expect(failed).toMatchObject({
      paths: expect.arrayContaining(['pack.enabled', 'policy.dlp-filter.action']),
      trigger: 'command',
    })
    expect(JSON.stringify(failed)).not.toContain('bogus')
    expect(gateway.lines.join('')).not.toContain('bogus')
    expect(gateway.reloader.lastFailure).toMatchObject({ codes: failed?.['codes'] })
    reloadable.file = configOf(reloadable.url, blocking('melon'))
    await gateway.reloader.reload(command)
    expect(gateway.reloader.lastFailure).toBeNull()
  })

  it('of what only a restart can change is refused whole', async () => {
    const reloadable = await start(blocking('lemon'))
    const { gateway } = reloadable
    const refused = [
      ['audit_store: {kind: none}', 'audit_store.kind'],
      ['audit_store: {path: /tmp/elsewhere}', 'audit_store.path'],
      ['audit_store: {anchors: []}', 'audit_store.anchors'],
      ['audit_store: {content: full}', 'audit_store.content'],
    ] as const
    for (const [more, name] of refused) {
      reloadable.file = configOf(reloadable.url, blocking('melon'), more)
      await expect(gateway.reloader.reload(command)).rejects.toMatchObject({
        code: 'restart-required',
        message: expect.stringContaining(name),
      })
    }
    expect(await statusOf(reloadable, 'a melon')).toBe(200)
  })

  it('that comes while another is under way reads the files again: the last state counts, and both answers are true', async () => {
    const upstream = await startUpstream({ kind: 'openai' })
    const [now, ...saved] = ['lemon', 'melon', 'grape'].map((word) =>
      configOf(upstream.url, blocking(word)),
    )
    // The file is saved again as soon as it was read.
    const loadConfig = async () => parseConfig(saved.length > 1 ? saved.shift()! : saved[0]!)
    const gateway = await startTestGateway(now!, { loadConfig })
    const start = gateway.gateway.deps.config.hash
    const results = await Promise.all([1, 2, 3].map(() => gateway.reloader.reload(command)))
    const [melon, grape] = results.map(({ hash }) => hash)
    expect(results.map(({ changed, previous }) => [changed, previous])).toEqual([
      [true, start],
      [true, melon],
      [false, grape],
    ])
    expect(gateway.gateway.deps.config.hash).toBe(grape)
    expect((await post(gateway.base, chatBody('a grape'))).status).toBe(409)
  })

  it('is refused where there are no files, and by a gateway that stops', async () => {
    const { gateway } = await startPair({ kind: 'openai' }, { yaml: bare })
    await expect(gateway.reloader.reload(command)).rejects.toThrow('no files to read again')
    const reloadable = await start(blocking('lemon'))
    await reloadable.gateway.close()
    await expect(reloadable.gateway.reloader.reload(command)).rejects.toThrow('is stopping')
  })

  it('has the recording and the retention of the new configuration, also after a restart', async () => {
    const reloadable = await start(blocking('lemon'))
    const { gateway } = reloadable
    const audited = yamlFor({
      baseUrl: `${reloadable.url}/v1`,
      chain: 'audit-logger',
      policy: 'policy:\n  audit-logger: {retention_days: 400, log_all_access: true}',
    })
    reloadable.file = audited
    await gateway.reloader.reload(command)
    expect(gateway.records('config.changed')).toMatchObject([
      { recording: 'every', retention_days: 400, immutable: true },
    ])
    expect(gateway.gateway.deps.recorder.mode).toBe('every')
    const { dataDir } = gateway
    const configDir = `${dataDir}/../config`
    await gateway.close()
    const again = await startTestGateway(audited, { dataDir, configDir })
    // The restart finds the configuration of the reload, not that of the start before.
    expect(again.records('config.changed')).toHaveLength(1)
    await again.close()
  })
})

describe('calls under way', () => {
  it('keep the configuration they began with: a stream is judged to its end by it', async () => {
    let release = (): void => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    const upstream = await startFakeUpstream({
      kind: 'openai',
      script: onPosts(async (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        response.write(chunk('first '))
        await released
        response.end(`${chunk('a melon, and a lemon')}data: [DONE]\n\n`)
      }),
    })
    endWith(() => upstream.close())
    const yaml = configOf(upstream.url, redacting('lemon'))
    const files = { now: yaml }
    const loadConfig = async () => parseConfig(files.now)
    const gateway = await startTestGateway(yaml, { loadConfig })
    const streamed = await post(gateway.base, chatBody('hello', { stream: true }))
    files.now = configOf(upstream.url, redacting('melon'))
    await gateway.reloader.reload(command)
    expect(gateway.gateway.live.retiring).toBe(1)
    release()
    const text = await streamed.text()
    expect(text).toContain('melon')
    expect(text).not.toContain('lemon')
    await expect.poll(() => gateway.gateway.live.retiring).toBe(0)
    const [decided] = gateway.records('request.decided')
    const [changed] = gateway.records('config.changed')
    expect(decided?.['config_hash']).toBe(changed?.['from'])
  })
})

describe('what is known of targets', () => {
  it('is carried over while their settings are the same, and forgotten when they change', async () => {
    const reloadable = await start(blocking('lemon'))
    const { gateway } = reloadable
    const [target] = gateway.gateway.deps.targets
    reloadable.file = configOf(reloadable.url, blocking('melon'))
    await gateway.reloader.reload(command)
    const [kept] = gateway.gateway.deps.targets
    expect(kept).not.toBe(target)
    expect([kept?.circuit, kept?.learned, kept?.credentials]).toEqual([
      target?.circuit,
      target?.learned,
      target?.credentials,
    ])
    expect(kept?.circuit).toBe(target?.circuit)
    reloadable.file = configOf('http://127.0.0.1:9', blocking('melon'))
    await gateway.reloader.reload(command)
    expect(gateway.gateway.deps.targets[0]?.circuit).not.toBe(target?.circuit)
  })

  it('leaves nothing behind: old configurations are closed, and so are connections that nobody uses', async () => {
    const reloadable = await start(onlyAudit.policy)
    const { gateway } = reloadable
    for (let n = 0; n < 30; n += 1) {
      reloadable.file = configOf(reloadable.url, blocking(`word${n}`))
      const [result] = await Promise.all([
        gateway.reloader.reload(command),
        statusOf(reloadable, 'hello'),
      ])
      expect(result.changed).toBe(true)
    }
    await expect.poll(() => gateway.gateway.live.retiring).toBe(0)
  })
})

function redacting(word: string): string {
  return `policy:\n  dlp-filter: {blocked_terms: [${word}], action: redact}`
}

function chunk(content: string): string {
  const choices = [{ index: 0, delta: { content }, finish_reason: null }]
  return `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'my-chat-model', choices })}\n\n`
}
