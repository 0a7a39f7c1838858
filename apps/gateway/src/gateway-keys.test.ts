import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AccessStore } from '@keeptrusts/access'
import { accessDatabasePath, openAccessStore } from '@keeptrusts/access'
import OpenAI from 'openai'
import { afterEach, describe, expect, it } from 'vitest'
import type { TestGateway } from './fixtures/test-gateway.ts'
import {
  callsTo,
  chatBody,
  endAll,
  endWith,
  onlyAudit,
  post,
  startPair,
} from './fixtures/test-gateway.ts'

afterEach(endAll)

const upstream = { kind: 'openai', model: 'my-chat-model' } as const

/** A gateway with the access store of its data folder. */
async function startWithKeys(more = '') {
  const { gateway, upstream: model } = await startPair(upstream, { yaml: { ...onlyAudit, more } })
  return { gateway, model, store: storeOf(gateway) }
}

function storeOf({ dataDir }: TestGateway): AccessStore {
  const store = openAccessStore({ dir: dataDir })
  endWith(async () => store.close())
  return store
}

const withKey = (secret: string): RequestInit => ({
  headers: { authorization: `Bearer ${secret}` },
})

async function refusal(response: Response): Promise<string> {
  const { error } = (await response.json()) as { readonly error: Record<string, unknown> }
  return JSON.stringify({ status: response.status, ...error })
}

describe('a call with a gateway key', () => {
  it('is made in the name of the key, which the model server never sees', async () => {
    const { gateway, model, store } = await startWithKeys('access: {require_key: true}')
    const { key, secret } = store.keys.create({ subject: 'billing', roles: ['analyst'] })
    const client = new OpenAI({ baseURL: gateway.base, apiKey: secret, maxRetries: 0 })
    const messages = [{ role: 'user' as const, content: 'Hello' }]
    await client.chat.completions.create({ model: 'my-chat-model', messages })
    expect(JSON.stringify(callsTo(model))).not.toContain('kt_gk_')
    const [decided] = gateway.records('request.decided')
    expect(decided?.['actor']).toMatchObject({
      ...{ subject: 'billing', roles: ['analyst'], via: 'key', key: key.id },
    })
  })

  it('is refused with the same words when the key is unknown, malformed, expired or revoked', async () => {
    const { gateway, model, store } = await startWithKeys()
    const revoked = store.keys.create({ subject: 'a' })
    store.keys.revoke(revoked.key.id)
    const expired = store.keys.create({ subject: 'a', expires: Date.now() + 1 })
    await new Promise((resolve) => setTimeout(resolve, 5))
    const secrets = [`kt_gk_${'a'.repeat(43)}`, 'kt_gk_x', expired.secret, revoked.secret]
    const answers: string[] = []
    for (const secret of secrets)
      answers.push(await refusal(await post(gateway.base, chatBody('Hello'), withKey(secret))))
    expect(new Set(answers).size).toBe(1)
    expect(JSON.parse(String(answers[0]))).toMatchObject({ status: 401, code: 'invalid_api_key' })
    expect(callsTo(model)).toEqual([])
    await gateway.close()
    expect(gateway.records('auth.failed').map(({ detail }) => detail)).toEqual([
      ...['unknown', 'malformed', 'expired', 'revoked'],
    ])
  })

  it('ends with the answer of the process that revokes the key', async () => {
    const { gateway, store } = await startWithKeys()
    const { key, secret } = store.keys.create({ subject: 'billing' })
    expect((await post(gateway.base, chatBody('Hello'), withKey(secret))).status).toBe(200)
    store.keys.revoke(key.id)
    expect((await post(gateway.base, chatBody('Hello'), withKey(secret))).status).toBe(401)
  })

  it('reaches the models of the key only, and lists only those', async () => {
    const { gateway, store } = await startWithKeys()
    const { secret } = store.keys.create({ subject: 'billing', models: ['other-*'] })
    const response = await post(gateway.base, chatBody('Hello'), withKey(secret))
    expect(JSON.parse(await refusal(response))).toMatchObject({
      ...{ status: 403, code: 'model_not_allowed', param: 'model' },
      message: expect.stringContaining('Models of the key: none.'),
    })
    const list = await fetch(`${gateway.base}/models`, withKey(secret))
    expect(await list.json()).toEqual({ object: 'list', data: [] })
    const wide = store.keys.create({ subject: 'billing', models: ['my-*'] })
    expect((await post(gateway.base, chatBody('Hello'), withKey(wide.secret))).status).toBe(200)
  })

  it('is neither let pass nor refused when the store cannot be read', async () => {
    const { gateway, upstream: model } = await startPair(upstream, { yaml: onlyAudit })
    writeFileSync(accessDatabasePath(gateway.dataDir), 'this is no database, it is a text file')
    const response = await post(gateway.base, chatBody('Hello'), withKey(`kt_gk_${'a'.repeat(43)}`))
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('2')
    expect(await response.text()).not.toContain(join(gateway.dataDir))
    expect(callsTo(model)).toEqual([])
    expect(gateway.lines.join('')).toContain('file is not a database')
    // Nothing is said about operators either, and what is for everybody goes on.
    const asked = withKey(`kt_at_${'a'.repeat(43)}`)
    const status = await fetch(`${gateway.url}/keeptrusts/status`, asked)
    expect([status.status, status.headers.get('retry-after')]).toEqual([503, '2'])
    expect(await status.text()).not.toContain(gateway.dataDir)
    expect((await fetch(`${gateway.url}/health`, asked)).status).toBe(200)
    expect((await fetch(`${gateway.url}/metrics`, asked)).status).toBe(401)
  })

  it('ends when another store takes the place of the one it was made in', async () => {
    const { gateway, store } = await startWithKeys()
    const { secret } = store.keys.create({ subject: 'billing' })
    const ask = async (): Promise<number> =>
      (await post(gateway.base, chatBody('Hello'), withKey(secret))).status
    expect(await ask()).toBe(200)
    store.close()
    for (const end of ['', '-wal', '-shm'])
      rmSync(accessDatabasePath(gateway.dataDir) + end, { force: true })
    expect(await ask()).toBe(401)
    const other = storeOf(gateway).keys.create({ subject: 'billing' })
    expect(await ask()).toBe(401)
    const init = withKey(other.secret)
    expect((await post(gateway.base, chatBody('Hello'), init)).status).toBe(200)
  })
})

describe('a call without a key', () => {
  it.each(['unused', 'sk-something', null])('is anonymous with %s', async (value) => {
    const { gateway } = await startWithKeys()
    const init = value === null ? {} : withKey(value)
    expect((await post(gateway.base, chatBody('Hello'), init)).status).toBe(200)
  })

  it('is refused where a key is required, trusted headers or not', async () => {
    const { gateway, model } = await startWithKeys('access: {require_key: true}')
    const headers = { 'x-user-id': 'ada', 'x-user-role': 'admin', authorization: 'Bearer unused' }
    const response = await post(gateway.base, chatBody('Hello'), { headers })
    expect(response.headers.get('www-authenticate')).toBe('Bearer')
    expect(JSON.parse(await refusal(response))).toMatchObject({
      ...{ status: 401, code: 'missing_api_key' },
    })
    expect((await fetch(`${gateway.base}/models`)).status).toBe(401)
    expect(callsTo(model)).toEqual([])
  })
})

describe('an address whose calls prove nothing', () => {
  it('is asked to wait after twenty, writes no more events, and its valid keys go on', async () => {
    const { gateway, store } = await startWithKeys()
    const { secret } = store.keys.create({ subject: 'billing' })
    const wrong = withKey(`kt_gk_${'a'.repeat(43)}`)
    const statuses: number[] = []
    for (let i = 0; i < 25; i++) {
      const response = await post(gateway.base, chatBody('Hello'), wrong)
      statuses.push(response.status)
      if (response.status === 429)
        expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
      await response.arrayBuffer()
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(20)
    expect(statuses.filter((status) => status === 429)).toHaveLength(5)
    expect((await post(gateway.base, chatBody('Hello'), withKey(secret))).status).toBe(200)
    await gateway.close()
    expect(gateway.records('auth.failed')).toHaveLength(20)
  })
})
