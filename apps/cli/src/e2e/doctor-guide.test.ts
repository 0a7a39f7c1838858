import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { createSandbox } from '../fixtures/spawn-kt.ts'
import { startServer } from '../fixtures/start-gateway.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '../../../..')
const guide = readFileSync(join(root, 'docs/guides/find-out-what-is-wrong.md'), 'utf8')

/** What `mlflow server` answers to doctor; its one endpoint is `my-endpoint`. */
const answers: Readonly<Record<string, readonly [status: number, body: string]>> = {
  'GET /health': [200, 'OK'],
  'GET /version': [200, '3.17.2'],
  'POST /gateway/mlflow/v1/chat/completions': [400, '{"detail":"Invalid JSON payload"}'],
  'GET /gateway/mlflow/v1/models': [200, '{"object":"list","data":[{"id":"my-endpoint"}]}'],
}

const server = await startServer((request, response) => {
  const [status, body] = answers[`${request.method} ${request.url}`] ?? [404, '']
  response.writeHead(status).end(body)
})
const sandbox = createSandbox()
afterAll(() => {
  server.close()
  sandbox.remove()
})

it('the guide shows what doctor prints', async () => {
  const config = /```yaml\n([\s\S]*?)```/.exec(guide)?.[1] ?? ''
  const file = join(sandbox.folder, 'policy-config.yaml')
  writeFileSync(file, config.replace('http://127.0.0.1:5000', server.url))
  const { code, stdout } = await sandbox.kt(['doctor', '--listen', '127.0.0.1:0'])
  expect(code).toBe(1)
  const sample = /```text\n([\s\S]*?)```/.exec(guide)?.[1] ?? ''
  expect(asInGuide(stdout)).toBe(sample)
})

/** What differs from machine to machine. */
function asInGuide(text: string): string {
  return text
    .replaceAll(server.url, 'http://127.0.0.1:5000')
    .replaceAll(new URL(server.url).host, '127.0.0.1:5000')
    .replaceAll(sandbox.folder, '/home/ada')
    .replace('127.0.0.1:0 ', '127.0.0.1:41002 ')
    .replace(/\(\d+ ms\)/g, '(12 ms)')
    .replace(/^.* {2}disk {2}.*$/m, '  ok  disk         82.7 GB are free on its disk.')
    .replace(/\(\d+ s apart\)/, '(0 s apart)')
    .replace(/Node [\d.]+\./, 'Node 24.11.1.')
    .replace(/^.*open files.*$/m, '  ok  open files   20000 files may be open at once.')
    .replace(/\d+ warnings?, \d+ ok, \d+ skipped/, '0 warnings, 13 ok, 3 skipped')
}
