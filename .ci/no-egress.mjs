// Runs where only loopback exists: the gateway in front of the demo model must work, and nothing may try to phone home.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startDemoModel } from '../packages/testing/dist/index.js'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const folder = mkdtempSync(join(tmpdir(), 'keeptrusts-no-egress-'))
const demo = await startDemoModel({ port: 0, model: 'my-chat-model' })
const gateway = spawn(
  process.execPath,
  [
    join(root, 'apps/cli/bin/run.js'),
    ...['gateway', 'run', '--listen', '127.0.0.1:41902', '--upstream', `${demo.url}/v1`],
    ...['--policy-config', join(root, 'docs/examples/mlflow/policy-config.yaml')],
  ],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      KEEPTRUSTS_DATA_DIR: join(folder, 'data'),
      KEEPTRUSTS_CONFIG_DIR: join(folder, 'config'),
    },
  },
)

try {
  const answer = await ask('My name is John Smith, john@example.com', 100)
  assert.match(answer, /\[PERSON_REDACTED\], \[EMAIL_REDACTED\]/)
  console.log('no egress: a governed call works with loopback only')
} finally {
  gateway.kill('SIGTERM')
  await new Promise((resolve) => gateway.once('exit', resolve))
  await demo.close()
  rmSync(folder, { recursive: true })
}

async function ask(content, tries) {
  for (let left = tries; ; left--) {
    try {
      const response = await fetch('http://127.0.0.1:41902/v1/chat/completions', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'my-chat-model', messages: [{ role: 'user', content }] }),
      })
      return await response.text()
    } catch (error) {
      if (left === 0) throw error
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}
