import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openAccessStore } from '@keeptrusts/access'
import { createCertificateAuthority } from '@keeptrusts/testing'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { GovernedModel } from '../fixtures/governed-model.ts'
import { startGovernedModel } from '../fixtures/governed-model.ts'
import type { Sandbox } from '../fixtures/spawn-kt.ts'
import { createSandbox } from '../fixtures/spawn-kt.ts'
import { credentialsOf, profileOf, storeProfiles, tokenOf } from '../fixtures/stored-sign-in.ts'
import { tlsFront } from '../fixtures/tls-front.ts'

const email = 'ada@example.com'
const password = 'correct horse battery'

const there = createSandbox()
let laptop: Sandbox
let governed: GovernedModel

beforeAll(async () => {
  const store = openAccessStore({ dir: there.dataDir })
  await store.createFirstOperator({ email, password })
  store.close()
  governed = await startGovernedModel(there)
}, 60_000)
afterAll(async () => {
  await governed.stop()
  there.remove()
})
beforeEach(() => {
  laptop = createSandbox()
})
afterEach(() => laptop.remove())

const credentials = () => JSON.parse(readFileSync(credentialsOf(laptop), 'utf8'))

const login = (...args: string[]) => [
  'auth',
  'login',
  '--email',
  email,
  '--password-stdin',
  ...args,
]

describe('kt auth login --gateway', () => {
  // One story: each password costs half a second of one core, on purpose.
  it('signs in over TLS with the authority that it is given, and out for every copy of the token', async () => {
    const authority = createCertificateAuthority()
    const front = await tlsFront(governed.gateway.url, authority.issue())
    const caFile = join(laptop.folder, 'ca.pem')
    writeFileSync(caFile, authority.cert)
    const { url } = front

    const untrusted = await laptop.kt(login('--gateway', url), { input: password })
    expect(untrusted.code).toBe(1)
    expect(untrusted.stderr).toMatch(/^error\[tls-not-trusted\]: .* fingerprint is ([0-9A-F]{2}:)/)
    expect(untrusted.stderr).toContain('--ca-file')

    const here = ['--gateway', url, '--ca-file', 'ca.pem', '--profile', 'prod']
    const wrong = await laptop.kt(login(...here), { input: 'wrong password' })
    expect(wrong).toMatchObject({ code: 1, stdout: '' })
    expect(wrong.stderr).toMatch(/^error\[wrong-password\]/)

    const right = await laptop.kt(login(...here), { input: `${password}\n` })
    expect(right).toMatchObject({ code: 0, stderr: '' })
    expect(right.stdout).toContain(`Signed in to ${url} as ada@example.com (admin) until `)
    const [stored] = credentials().profiles
    expect(stored).toMatchObject({ name: 'prod', gateway: { url, ca_file: caFile }, role: 'admin' })
    if (process.platform !== 'win32') {
      expect(statSync(credentialsOf(laptop)).mode & 0o777).toBe(0o600)
    }
    const me = await laptop.kt(['auth', 'whoami', '--json'])
    expect(JSON.parse(me.stdout)).toMatchObject({ email, role: 'admin', kind: 'session' })

    const out = await laptop.kt(['auth', 'logout'])
    expect(out).toEqual({ code: 0, stdout: `Signed out ${email}.\n`, stderr: '' })
    expect(credentials().profiles[0].token).toBeNull()
    const copied = await laptop.kt(['auth', 'whoami'], {
      env: { KEEPTRUSTS_API_TOKEN: stored.token },
    })
    expect(copied.code).toBe(1)
    expect(copied.stderr).toMatch(/^error\[session-expired\]/)
    expect(copied.stderr).not.toContain(stored.token)
    // Falling back to the files of this machine would show the wrong log.
    const list = await laptop.kt(['events', 'list'])
    expect(list.code).toBe(1)
    expect(list.stderr).toContain('kt auth login --profile prod')
    front.close()
  }, 60_000)

  it('refuses what would carry a password unencrypted over a network, and addresses that are none', async () => {
    const plain = await laptop.kt(login('--gateway', 'http://192.0.2.1:41002'), { input: password })
    expect(plain.code).toBe(2)
    expect(plain.stderr).toMatch(/^error\[insecure-http\]/)
    for (const url of ['gateway:41002', 'https://a:b@gateway', 'ftp://gateway']) {
      const { code, stderr } = await laptop.kt(login('--gateway', url), { input: password })
      expect({ code, url, stderr }).toMatchObject({ code: 2 })
      expect(stderr).toMatch(/^error\[bad-flag\]/)
    }
    const mistyped = await laptop.kt(login('--profile', 'prd'), { input: password })
    expect(mistyped.stderr).toMatch(/^error\[profile-unknown\]/)
  })

  it('says that nothing listens, before it asks for a password', async () => {
    const { code, stderr } = await laptop.kt(['auth', 'login', '--gateway', 'http://127.0.0.1:9'])
    expect(code).toBe(1)
    expect(stderr).toContain('cannot be reached: nothing listens there')
  })
})

describe('profiles', () => {
  it('are listed, chosen, and forgotten; status says how it stands with one', async () => {
    const { url } = governed.gateway
    storeProfiles(laptop, 'b', [
      profileOf('a', url, tokenOf(there, 'viewer')),
      profileOf('b', url, 'kt_at_no'),
    ])
    const bad = await laptop.kt(['auth', 'status', '--json'])
    expect(bad.code).toBe(1)
    expect(JSON.parse(bad.stdout)).toMatchObject({
      profile: 'b',
      gateway: { url },
      signed_in: false,
      answers: true,
    })
    expect((await laptop.kt(['auth', 'profile', 'use', 'c'])).code).toBe(2)
    expect((await laptop.kt(['auth', 'profile', 'use', 'a'])).code).toBe(0)
    const good = await laptop.kt(['auth', 'status'])
    expect(good.code).toBe(0)
    expect(good.stdout).toMatch(
      /Profile +a\n +Gateway +http.*\n +E-mail +viewer@.*\n +Role +viewer/,
    )
    const byVariable = await laptop.kt(['auth', 'status'], { env: { KEEPTRUSTS_PROFILE: 'b' } })
    expect(byVariable.code).toBe(1)

    expect((await laptop.kt(['auth', 'profile', 'remove', 'b'])).code).toBe(0)
    const list = JSON.parse((await laptop.kt(['auth', 'profile', 'list', '--json'])).stdout)
    expect(list).toMatchObject([
      { name: 'local', active: false },
      { name: 'a', active: true, signed_in: true },
    ])
    await laptop.kt(['auth', 'profile', 'use', 'local'])
    expect((await laptop.kt(['events', 'list', '--json'])).stdout).toBe('[]\n')
  })

  it('need no file where variables name gateway and token', async () => {
    const { url } = governed.gateway
    const env = { KEEPTRUSTS_API_URL: url, KEEPTRUSTS_API_TOKEN: tokenOf(there, 'viewer') }
    const { code, stdout } = await laptop.kt(['gateway', 'status'], { env })
    expect(code).toBe(0)
    expect(stdout).toContain(`on ${url}`)
    const without = await laptop.kt(['gateway', 'status'], { env: { KEEPTRUSTS_API_URL: url } })
    expect(without.stderr).toMatch(/^error\[not-logged-in\]/)
    // The files of this machine are not meant, so commands that need files do not run by mistake.
    const files = await laptop.kt(['events', 'export'], { env })
    expect(files.code).toBe(2)
    expect(files.stderr).toMatch(/^error\[runs-elsewhere\]: kt events export needs the files/)
    expect((await laptop.kt(['events', 'hold', 'list', '--local'], { env })).stderr).not.toContain(
      'runs-elsewhere',
    )
    // What a viewer may not is said by the gateway.
    const viewer = await laptop.kt(['events', 'list'], { env })
    expect(viewer.code).toBe(1)
    expect(viewer.stderr).toContain('events:read, which the role viewer does not have.')
  })
})
