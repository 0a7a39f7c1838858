import { writeFileSync } from 'node:fs'
import { get } from 'node:https'
import { join } from 'node:path'
import { createCertificateAuthority } from '@keeptrusts/testing'
import { afterEach, expect, it } from 'vitest'
import { policyConfig } from '../fixtures/policy-config.ts'
import type { Sandbox } from '../fixtures/spawn-kt.ts'
import { createSandbox } from '../fixtures/spawn-kt.ts'
import type { GatewayProcess } from '../fixtures/start-gateway.ts'
import { startGateway } from '../fixtures/start-gateway.ts'

const authority = createCertificateAuthority()
let sandbox: Sandbox
let running: GatewayProcess | null = null

afterEach(async () => {
  running?.child.kill('SIGKILL')
  await running?.exited
  running = null
  sandbox.remove()
})

function writePair(name: string): void {
  const { cert, key } = authority.issue({ name })
  writeFileSync(join(sandbox.folder, 'cert.pem'), cert)
  writeFileSync(join(sandbox.folder, 'key.pem'), key, { mode: 0o600 })
}

const fingerprint = async (): Promise<string> => {
  const { stdout } = await sandbox.kt(['gateway', 'status', '--json'])
  return JSON.parse(stdout).tls.fingerprint
}

const ask = (url: string) =>
  new Promise<number>((resolve, reject) => {
    get(`${url}/healthz`, { ca: authority.cert, agent: false }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
    }).on('error', reject)
  })

it('kt gateway run serves https from variables, takes a renewed pair, and status and doctor show it', async () => {
  sandbox = createSandbox()
  writePair('first')
  writeFileSync(join(sandbox.folder, 'policy-config.yaml'), policyConfig('http://127.0.0.1:9'))
  running = await startGateway(sandbox, [], {
    KEEPTRUSTS_TLS_CERT_PATH: 'cert.pem',
    KEEPTRUSTS_TLS_KEY_PATH: 'key.pem',
  })
  expect(running.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
  expect(running.stderr()).toMatch(/TLS +certificate until \d{4}-\d\d-\d\d/)
  expect(await ask(running.url)).toBe(200)
  const status = await sandbox.kt(['gateway', 'status'])
  expect(status.stdout).toContain(`on ${running.url}`)
  expect(status.stdout).toMatch(/TLS +certificate until /)
  const before = await fingerprint()
  writePair('second')
  await expect.poll(fingerprint, { timeout: 10_000, interval: 300 }).not.toBe(before)
  expect(await ask(running.url)).toBe(200)
  const listen = running.url.replace('https://', '')
  const doctor = await sandbox.kt(['doctor', '--listen', listen])
  expect(doctor.stdout).toMatch(/A gateway with https is running on .*; its certificate ends on/)
}, 60_000)
